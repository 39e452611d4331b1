-- There is one result for each section and student: who has an official one, a W as well, gets no further seat in that section, and a W does not become
-- official while its student has a seat there. Seats that stand beside a W from before stay.

drop trigger enrollment_graded_is_all;
create trigger enrollment_graded_is_all before insert on enrollment
when exists (
  select 1 from live_result where section_id = new.section_id and student_id = new.student_id and state <> 'draft'
)
BEGIN
  select raise(abort, 'enrollment_graded_stays')
  where exists (
    select 1 from live_result
    where section_id = new.section_id and student_id = new.student_id and state <> 'draft' and outcome <> 'withdrawn'
  );
  select raise(abort, 'enrollment_result_official') where new.status in ('enrolled', 'completed');
END;

create trigger enrollment_graded_is_not_restored before update of deleted_at on enrollment
when new.deleted_at is null and old.deleted_at is not null and new.status = 'enrolled' and exists (
  select 1 from live_result where section_id = new.section_id and student_id = new.student_id and state <> 'draft'
)
BEGIN
  select raise(abort, 'enrollment_result_official');
END;

create trigger result_withdrawn_has_no_seat before update of state on result
when old.state = 'draft' and new.state <> 'draft' and new.outcome = 'withdrawn' and exists (
  select 1 from live_enrollment
  where section_id = new.section_id and student_id = new.student_id and status in ('enrolled', 'completed')
)
BEGIN
  select raise(abort, 'result_state_edge');
END;

-- Who waits to swap has a seat to give up.
create trigger waitlist_swaps_a_seat before insert on waitlist_entry
when new.swap = 1 and not exists (
  select 1 from live_enrollment seat join section on section.course_id = seat.course_id and section.term_id = seat.term_id
  where section.id = new.section_id and seat.section_id <> section.id and seat.student_id = new.student_id and seat.status = 'enrolled'
)
BEGIN
  select raise(abort, 'waitlist_beside_seat');
END;
