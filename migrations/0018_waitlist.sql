-- Who waits for a seat in a full section, first come first served. An entry that led to a seat names the enrollment; one that was left is
-- deleted; the others wait.

create table waitlist_entry (
  id integer primary key,
  section_id integer not null references section (id),
  student_id integer not null references student (id),
  enrollment_id integer references enrollment (id),
  skipped_at text,
  skipped_reason text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint waitlist_skip_has_reason check ((skipped_at is null) = (skipped_reason is null))
) strict;

create unique index waitlist_waiting on waitlist_entry (section_id, student_id) where enrollment_id is null and deleted_at is null;
create index waitlist_student on waitlist_entry (student_id);
create view live_waitlist_entry as select * from waitlist_entry where deleted_at is null;

create trigger waitlist_allowed before insert on waitlist_entry
BEGIN
  select raise(abort, 'enrollment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'enrollment_student_missing') where not exists (select 1 from live_student where id = new.student_id);
  select raise(abort, 'enrollment_term_closed')
    where (select t.status from section s join term t on t.id = s.term_id where s.id = new.section_id) = 'closed';
  select raise(abort, 'waitlist_while_enrolled')
    where exists (
      select 1 from live_enrollment where section_id = new.section_id and student_id = new.student_id and status = 'enrolled'
    );
  select raise(abort, 'waitlist_not_needed') where exists (select 1 from section where id = new.section_id and seats_taken < capacity);
  select raise(abort, 'waitlist_limit')
    where (select waitlist_capacity from section where id = new.section_id)
      <= (select count(*) from live_waitlist_entry
          where section_id = new.section_id and enrollment_id is null and student_id <> new.student_id);
END;

create trigger waitlist_stays_put before update of section_id, student_id on waitlist_entry
when new.section_id <> old.section_id or new.student_id <> old.student_id
BEGIN
  select raise(abort, 'waitlist_stays_put');
END;

create trigger waitlist_ended_is_final before update of enrollment_id, deleted_at on waitlist_entry
when old.enrollment_id is not null or old.deleted_at is not null
BEGIN
  select raise(abort, 'waitlist_ended_is_final');
END;

-- Whoever gets a seat, on whatever way, waits no longer.

create trigger enrollment_ends_waiting after insert on enrollment
when new.status = 'enrolled' and new.deleted_at is null
BEGIN
  update waitlist_entry set enrollment_id = new.id, version = version + 1, updated_at = new.updated_at
  where section_id = new.section_id and student_id = new.student_id and enrollment_id is null and deleted_at is null;
END;

create trigger enrollment_restored_ends_waiting after update of deleted_at on enrollment
when new.status = 'enrolled' and new.deleted_at is null and old.deleted_at is not null
BEGIN
  update waitlist_entry set enrollment_id = new.id, version = version + 1, updated_at = new.updated_at
  where section_id = new.section_id and student_id = new.student_id and enrollment_id is null and deleted_at is null;
END;

create trigger student_leaves_waitlists after update of deleted_at on student
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  update waitlist_entry set deleted_at = new.deleted_at, version = version + 1
  where student_id = new.id and enrollment_id is null and deleted_at is null;
END;

create trigger section_waited_for before update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null
  and exists (select 1 from live_waitlist_entry where section_id = old.id and enrollment_id is null)
BEGIN
  select raise(abort, 'section_in_use');
END;

-- A restored seat is taken again under the rules of a new one. A seat whose grade is official has been used for good.

create trigger enrollment_restore_allowed before update of deleted_at on enrollment
when new.deleted_at is null and old.deleted_at is not null
BEGIN
  select raise(abort, 'enrollment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'enrollment_student_missing') where not exists (select 1 from live_student where id = new.student_id);
  select raise(abort, 'enrollment_term_closed')
    where new.status = 'enrolled'
      and (select t.status from section s join term t on t.id = s.term_id where s.id = new.section_id) = 'closed';
END;

create trigger enrollment_graded_stays before update of status, deleted_at on enrollment
when old.deleted_at is null and old.status <> 'dropped'
  and ((old.status = 'enrolled' and new.status in ('dropped', 'withdrawn')) or new.deleted_at is not null)
  and exists (
    select 1 from live_result where section_id = old.section_id and student_id = old.student_id and state <> 'draft'
  )
BEGIN
  select raise(abort, 'enrollment_graded_stays');
END;
