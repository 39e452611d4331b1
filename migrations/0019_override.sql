-- How many credits a student of a program may take in a term, in tenths; null is no limit.
alter table program add column credits_per_term integer
  constraint program_credits_per_term_range check (credits_per_term between 0 and 10000);
drop view live_program;
create view live_program as select * from program where deleted_at is null;

-- Lets one student pass one check of enrolling, in a section, in all sections of a course, or in all of a term. No override makes a seat.

create table enrollment_override (
  id integer primary key,
  student_id integer not null references student (id),
  check_code text not null,
  section_id integer references section (id),
  course_id integer references course (id),
  term_id integer references term (id),
  reason_code text not null,
  note text,
  granted_by integer references user (id),
  expires_at text,
  revoked_at text,
  revoked_by integer references user (id),
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint override_check_known check (
    check_code in ('ENROLLMENT_WINDOW_CLOSED', 'HOLD', 'PREREQUISITE_NOT_MET', 'COREQUISITE_MISSING', 'SCHEDULE_CONFLICT', 'CREDIT_LIMIT',
      'STUDENT_NOT_ACTIVE')
  ),
  constraint override_one_scope check ((section_id is not null) + (course_id is not null) + (term_id is not null) = 1)
) strict;

create index enrollment_override_student on enrollment_override (student_id) where revoked_at is null;
create view live_enrollment_override as select * from enrollment_override where deleted_at is null;

create trigger override_allowed before insert on enrollment_override
BEGIN
  select raise(abort, 'override_student_missing') where not exists (select 1 from live_student where id = new.student_id);
  select raise(abort, 'override_scope_missing')
    where not exists (select 1 from live_section where id = new.section_id)
      and not exists (select 1 from live_course where id = new.course_id)
      and not exists (select 1 from live_term where id = new.term_id);
END;

create trigger override_is_fixed before update of student_id, check_code, section_id, course_id, term_id, reason_code, granted_by, expires_at
on enrollment_override
BEGIN
  select raise(abort, 'override_is_fixed');
END;

create trigger override_revoke_is_final before update of revoked_at on enrollment_override
when old.revoked_at is not null
BEGIN
  select raise(abort, 'override_is_revoked');
END;
