-- How a seat ended. A result that becomes official completes the seat, which stays one: it is counted, and nobody else gets it. A transfer ends a
-- seat that rests as dropped, beside its reason, as the list of states cannot grow; `standing` is what it is called.

alter table enrollment add column end_reason text
constraint enrollment_end_reason_known check (end_reason in ('dropped', 'withdrawn', 'transferred', 'left', 'completed'));
-- The seat that it was given up for; itself an enrollment.
alter table enrollment add column transferred_to integer constraint enrollment_end_reason_fits check (
  (end_reason is null or end_reason = status or (end_reason = 'transferred' and status = 'dropped')
    or (end_reason = 'left' and status in ('dropped', 'withdrawn')))
  and (transferred_to is null or end_reason = 'transferred')
);
-- What the capacity was before it became that of the seats which files had completed beyond it.
alter table section add column capacity_before integer;

drop view live_enrollment;
create view live_enrollment as
  select *, iif(end_reason = 'transferred', 'transferred', status) as standing from enrollment where deleted_at is null;
drop view live_section;
create view live_section as select * from section where deleted_at is null;

-- A transfer ended one seat and began the other at the same moment, and so did a swap.
update enrollment set end_reason = status where status <> 'enrolled';
update enrollment set end_reason = 'transferred', transferred_to = next.id
from enrollment next
where enrollment.status = 'dropped' and next.student_id = enrollment.student_id and next.course_id = enrollment.course_id
  and next.term_id = enrollment.term_id and next.section_id <> enrollment.section_id and next.id > enrollment.id
  and next.enrolled_at = enrollment.ended_at and next.created_at = next.enrolled_at;

-- Whatever ends a seat and does not say why ends it in the way that its state says.
create trigger enrollment_says_why after update of status on enrollment
when new.status <> 'enrolled' and new.end_reason is null
BEGIN
  update enrollment set end_reason = status where id = new.id;
END;

create trigger enrollment_came_ended after insert on enrollment
when new.status <> 'enrolled' and new.end_reason is null
BEGIN
  update enrollment set end_reason = status where id = new.id;
END;

-- A seat whose result was official before is completed, and every completed one is counted again.
drop index enrollment_live;
drop trigger enrollment_takes_seat;
drop trigger enrollment_moves_seat;

update enrollment
set status = 'completed', end_reason = 'completed', ended_at = max(enrolled_at, graded.published_at), version = version + 1,
  updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
from (select section_id, student_id, published_at from live_result where state <> 'draft' and outcome <> 'withdrawn') graded
where graded.section_id = enrollment.section_id and graded.student_id = enrollment.student_id
  and enrollment.status = 'enrolled' and enrollment.deleted_at is null;

update section set capacity_before = capacity, capacity = seated.seats, version = version + 1, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
from (select section_id, count(*) as seats from live_enrollment where status in ('enrolled', 'completed') group by section_id) seated
where seated.section_id = section.id and seated.seats > section.capacity;
update section set seats_taken = seated.seats
from (select section_id, count(*) as seats from live_enrollment where status in ('enrolled', 'completed') group by section_id) seated
where seated.section_id = section.id and seated.seats <> section.seats_taken;

create unique index enrollment_live on enrollment (section_id, student_id)
where status in ('enrolled', 'completed') and deleted_at is null and legacy = 0;

create trigger enrollment_takes_seat after insert on enrollment
when new.status in ('enrolled', 'completed') and new.deleted_at is null
BEGIN
  update section set seats_taken = seats_taken + 1 where id = new.section_id;
END;

create trigger enrollment_completed_keeps_seat after update of status, deleted_at on enrollment
when (old.status in ('enrolled', 'completed') and old.deleted_at is null)
  <> (new.status in ('enrolled', 'completed') and new.deleted_at is null)
BEGIN
  update section
  set seats_taken = seats_taken + iif(new.status in ('enrolled', 'completed') and new.deleted_at is null, 1, -1)
  where id = new.section_id;
END;

-- Who withdrew has a result that says so; a seat that was given again since is open.
create trigger result_completes_seat after update of state on result
when old.state = 'draft' and new.state <> 'draft' and new.outcome <> 'withdrawn'
BEGIN
  update enrollment
  set status = 'completed', end_reason = 'completed', ended_at = max(enrolled_at, new.published_at), version = version + 1,
    updated_at = new.published_at
  where section_id = new.section_id and student_id = new.student_id and status = 'enrolled' and deleted_at is null;
END;

-- A completed seat is a seat for those who wait, too, and for a student who is to be deleted.
drop trigger enrollment_ends_waiting;
create trigger enrollment_ends_waiting after insert on enrollment
when new.status in ('enrolled', 'completed') and new.deleted_at is null
BEGIN
  update waitlist_entry set enrollment_id = new.id, version = version + 1, updated_at = new.updated_at
  where section_id = new.section_id and student_id = new.student_id and enrollment_id is null and deleted_at is null;
END;

drop trigger enrollment_restored_ends_waiting;
create trigger enrollment_restored_ends_waiting after update of deleted_at on enrollment
when new.status in ('enrolled', 'completed') and new.deleted_at is null and old.deleted_at is not null
BEGIN
  update waitlist_entry set enrollment_id = new.id, version = version + 1, updated_at = new.updated_at
  where section_id = new.section_id and student_id = new.student_id and enrollment_id is null and deleted_at is null;
END;

drop trigger waitlist_allowed;
create trigger waitlist_allowed before insert on waitlist_entry
BEGIN
  select raise(abort, 'enrollment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'enrollment_student_missing') where not exists (select 1 from live_student where id = new.student_id);
  select raise(abort, 'enrollment_term_closed')
    where (select t.status from section s join term t on t.id = s.term_id where s.id = new.section_id) = 'closed';
  select raise(abort, 'waitlist_while_enrolled')
    where exists (
      select 1 from live_enrollment
      where section_id = new.section_id and student_id = new.student_id and status in ('enrolled', 'completed')
    );
  select raise(abort, 'waitlist_not_needed') where exists (select 1 from section where id = new.section_id and seats_taken < capacity);
  select raise(abort, 'waitlist_limit')
    where (select waitlist_capacity from section where id = new.section_id)
      <= (select count(*) from live_waitlist_entry
          where section_id = new.section_id and enrollment_id is null and student_id <> new.student_id);
END;

drop trigger student_unused;
create trigger student_unused before update of deleted_at on student
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'student_has_results') where exists (select 1 from live_result where student_id = old.id and state <> 'draft');
  select raise(abort, 'student_is_enrolled')
    where exists (select 1 from live_enrollment where student_id = old.id and status in ('enrolled', 'completed'));
END;

-- Seats of a term for which nothing official has come yet. A student who has been deleted has none.
create view unresolved_seat as
  select seat.id, seat.term_id, seat.section_id, seat.student_id,
    iif(outcome is not null, iif(state = 'draft', 'draft_result', 'withdrawn_result'),
      iif(exists (select 1 from live_assessment work where work.section_id = seat.section_id)
        or exists (select 1 from live_assessment_category category where category.section_id = seat.section_id), 'no_result', 'no_work')) as why
  from live_enrollment seat join live_student on live_student.id = seat.student_id
  left join live_result result on result.section_id = seat.section_id and result.student_id = seat.student_id
  where seat.status = 'enrolled';
create index enrollment_unresolved on enrollment (term_id) where status = 'enrolled' and deleted_at is null;
