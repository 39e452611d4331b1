create table student (
  id integer primary key,
  student_number text not null,
  first_name text not null,
  last_name text not null,
  latin_name text,
  father_name text,
  email text not null,
  date_of_birth text,
  phone text,
  program_id integer references program (id),
  study_year integer not null default 1,
  enrollment_date text not null,
  status text not null default 'active',
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint student_email_folded check (email = lower(email)),
  constraint student_study_year_range check (study_year between 1 and 12),
  constraint student_status_known check (status in ('active', 'on_leave', 'suspended', 'graduated', 'withdrawn'))
) strict;

create unique index student_number_live on student (student_number) where deleted_at is null;
create unique index student_email_live on student (email) where deleted_at is null;
create index student_name on student (last_name, first_name, id) where deleted_at is null;
create index student_program on student (program_id);
create view live_student as select * from student where deleted_at is null;

create trigger student_program_live before insert on student
when new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'student_program_missing');
END;

create trigger student_program_still_live before update of program_id, deleted_at on student
when new.deleted_at is null and new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'student_program_missing');
END;

create trigger student_unused before update of deleted_at on student
when new.deleted_at is not null and old.deleted_at is null
  and exists (select 1 from live_enrollment where student_id = old.id and status = 'enrolled')
BEGIN
  select raise(abort, 'student_is_enrolled');
END;
