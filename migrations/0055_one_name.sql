-- Somebody may have one name only: the other one rests empty.

create trigger student_has_a_name before insert on student
when new.first_name = '' and new.last_name = ''
BEGIN
  select raise(abort, 'student_has_a_name');
END;

create trigger student_still_has_a_name before update of first_name, last_name on student
when new.first_name = '' and new.last_name = ''
BEGIN
  select raise(abort, 'student_has_a_name');
END;

create trigger application_has_a_name before insert on application
when new.first_name = '' and new.last_name = ''
BEGIN
  select raise(abort, 'application_has_a_name');
END;

create trigger application_still_has_a_name before update of first_name, last_name on application
when new.first_name = '' and new.last_name = ''
BEGIN
  select raise(abort, 'application_has_a_name');
END;
