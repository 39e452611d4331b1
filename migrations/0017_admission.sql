-- Admission: what applicants hand in, how it is decided, and the numbers that new students get. Beside it, what staff notes about students.

create table application (
  id integer primary key,
  user_id integer not null references user (id),
  program_id integer not null references program (id),
  term_id integer not null references term (id),
  first_name text not null,
  last_name text not null,
  latin_name text,
  father_name text,
  date_of_birth text,
  phone text,
  statement text,
  status text not null default 'draft',
  submitted_at text,
  note text,
  decided_by integer references user (id),
  decided_at text,
  student_id integer references student (id),
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint application_status_known check (
    status in ('draft', 'submitted', 'under_review', 'accepted', 'rejected', 'waitlisted', 'matriculated', 'withdrawn')
  ),
  constraint application_submitted_when check (status = 'withdrawn' or (submitted_at is null) = (status = 'draft')),
  constraint application_decided_when check (
    (decided_at is null) = (decided_by is null)
    and (status = 'withdrawn' or (decided_at is not null) = (status in ('accepted', 'rejected', 'waitlisted', 'matriculated')))
  ),
  constraint application_student_when check ((student_id is not null) = (status = 'matriculated'))
) strict;

create unique index application_open on application (user_id, program_id, term_id)
where deleted_at is null and status not in ('rejected', 'matriculated', 'withdrawn');
create index application_user on application (user_id);
create index application_program on application (program_id);
create index application_term on application (term_id);
create index application_status on application (status);
create index application_created on application (created_at);
create view live_application as select * from application where deleted_at is null;

create trigger application_allowed before insert on application
BEGIN
  select raise(abort, 'application_state_edge') where new.status <> 'draft';
  select raise(abort, 'application_account_missing')
    where not exists (select 1 from live_user where id = new.user_id and role = 'student');
  select raise(abort, 'application_program_missing') where not exists (select 1 from live_program where id = new.program_id);
  select raise(abort, 'application_term_missing') where not exists (select 1 from live_term where id = new.term_id);
END;

create trigger application_still_allowed before update of program_id, term_id, deleted_at on application
when new.deleted_at is null
BEGIN
  select raise(abort, 'application_program_missing') where not exists (select 1 from live_program where id = new.program_id);
  select raise(abort, 'application_term_missing') where not exists (select 1 from live_term where id = new.term_id);
END;

create trigger application_state_edges before update of status on application
when new.status <> old.status and (old.deleted_at is not null or (old.status, new.status) not in (
  values ('draft', 'submitted'), ('submitted', 'under_review'),
    ('under_review', 'accepted'), ('under_review', 'rejected'), ('under_review', 'waitlisted'),
    ('waitlisted', 'accepted'), ('waitlisted', 'rejected'),
    ('accepted', 'matriculated'),
    ('draft', 'withdrawn'), ('submitted', 'withdrawn'), ('under_review', 'withdrawn'), ('waitlisted', 'withdrawn'),
    ('accepted', 'withdrawn')
))
BEGIN
  select raise(abort, 'application_state_edge');
END;

create trigger application_stays_put before update of user_id on application
when new.user_id <> old.user_id
BEGIN
  select raise(abort, 'application_stays_put');
END;

create trigger application_is_history before update of program_id, term_id, first_name, last_name, latin_name, father_name, date_of_birth, phone,
  statement, submitted_at, deleted_at on application
when old.status <> 'draft' and (
  new.program_id, new.term_id, new.first_name, new.last_name, new.latin_name, new.father_name, new.date_of_birth, new.phone, new.statement,
  new.submitted_at, new.deleted_at
) is not (
  old.program_id, old.term_id, old.first_name, old.last_name, old.latin_name, old.father_name, old.date_of_birth, old.phone, old.statement,
  old.submitted_at, old.deleted_at
)
BEGIN
  select raise(abort, 'application_is_history');
END;

-- Matriculated is who has become the student behind the account that applied.
create trigger application_student_linked before update of status, student_id on application
when new.student_id is not null
  and not exists (select 1 from live_user where id = new.user_id and student_id = new.student_id)
BEGIN
  select raise(abort, 'application_not_linked');
END;

-- What is applied for is in use.
create trigger program_unused_by_applicants before update of deleted_at on program
when new.deleted_at is not null and old.deleted_at is null and exists (
  select 1 from live_application where program_id = old.id and status not in ('rejected', 'matriculated', 'withdrawn')
)
BEGIN
  select raise(abort, 'program_applied_for');
END;

create trigger term_unused_by_applicants before update of deleted_at on term
when new.deleted_at is not null and old.deleted_at is null and exists (
  select 1 from live_application where term_id = old.id and status not in ('rejected', 'matriculated', 'withdrawn')
)
BEGIN
  select raise(abort, 'term_applied_for');
END;

-- The last number that matriculation gave in each year: YYYY-NNNNN.
create table student_number_series (
  year integer primary key,
  last integer not null,
  constraint student_number_series_range check (last between 1 and 99999)
) strict;

-- Deleted students keep their numbers.
create index student_number_ever on student (student_number);

-- What staff notes about a student, in confidence.
create table student_note (
  id integer primary key,
  student_id integer not null references student (id),
  text text not null,
  author_id integer not null references user (id),
  created_at text not null
) strict;

create index student_note_student on student_note (student_id);

create trigger student_note_of_live before insert on student_note
when not exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'student_note_student_missing');
END;

create trigger student_note_no_update before update on student_note
BEGIN
  select raise(abort, 'student_note_append_only');
END;

create trigger student_note_no_delete before delete on student_note
BEGIN
  select raise(abort, 'student_note_append_only');
END;
