-- A student's seat in a section. Only `enrolled` uses a seat; a seat that was given up stays as history, enrolling again is a new row.

create table enrollment (
  id integer primary key,
  section_id integer not null references section (id),
  student_id integer not null references student (id),
  status text not null default 'enrolled',
  enrolled_at text not null,
  ended_at text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint enrollment_status_known check (status in ('enrolled', 'dropped', 'withdrawn', 'completed')),
  constraint enrollment_end_matches_status check ((status = 'enrolled') = (ended_at is null))
) strict;

create unique index enrollment_live on enrollment (section_id, student_id) where status = 'enrolled' and deleted_at is null;
create index enrollment_section on enrollment (section_id, status);
create index enrollment_student on enrollment (student_id);
create view live_enrollment as select * from enrollment where deleted_at is null;

create trigger enrollment_allowed before insert on enrollment
BEGIN
  select raise(abort, 'enrollment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'enrollment_student_missing') where not exists (select 1 from live_student where id = new.student_id);
  select raise(abort, 'enrollment_term_closed')
    where (select t.status from section s join term t on t.id = s.term_id where s.id = new.section_id) = 'closed';
END;

create trigger enrollment_ended_is_final before update of status on enrollment
when old.status <> 'enrolled' and new.status <> old.status
BEGIN
  select raise(abort, 'enrollment_ended_is_final');
END;

create trigger enrollment_takes_seat after insert on enrollment
when new.status = 'enrolled' and new.deleted_at is null
BEGIN
  update section set seats_taken = seats_taken + 1 where id = new.section_id;
END;

create trigger enrollment_moves_seat after update of status, deleted_at on enrollment
when (old.status = 'enrolled' and old.deleted_at is null) <> (new.status = 'enrolled' and new.deleted_at is null)
BEGIN
  update section
  set seats_taken = seats_taken + iif(new.status = 'enrolled' and new.deleted_at is null, 1, -1)
  where id = new.section_id;
END;

create trigger enrollment_stays_put before update of section_id, student_id on enrollment
when new.section_id <> old.section_id or new.student_id <> old.student_id
BEGIN
  select raise(abort, 'enrollment_stays_put');
END;
