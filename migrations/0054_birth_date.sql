-- Nobody is born before 1900 or enrolls before the age of twelve. Rows that say so already stay, until one of the two dates changes or
-- somebody brings them back.

create trigger student_birth_possible before insert on student
when new.date_of_birth < '1900-01-01' or new.date_of_birth > date(new.enrollment_date, '-12 years')
BEGIN
  select raise(abort, 'student_birth_possible');
END;

create trigger student_birth_still_possible before update of date_of_birth, enrollment_date, deleted_at on student
when new.deleted_at is null
  and (new.date_of_birth, new.enrollment_date, new.deleted_at) is not (old.date_of_birth, old.enrollment_date, old.deleted_at)
  and (new.date_of_birth < '1900-01-01' or new.date_of_birth > date(new.enrollment_date, '-12 years'))
BEGIN
  select raise(abort, 'student_birth_possible');
END;
