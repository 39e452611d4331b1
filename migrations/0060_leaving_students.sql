-- Who leaves waits for nothing any more, and who graduates has no seat whose result is still to come. What becomes of the seats of somebody who
-- leaves depends on the day where the institution is, and is written by whatever changes the status.

create view open_seat as
  select seat.id, seat.student_id, seat.section_id, term.drop_deadline
  from live_enrollment seat join live_term term on term.id = seat.term_id
  where seat.status = 'enrolled' and term.status = 'open'
    and not exists (select 1 from graded_seat graded where graded.section_id = seat.section_id and graded.student_id = seat.student_id);

create trigger student_leaves before update of status on student
when new.status in ('on_leave', 'withdrawn') and old.status not in ('on_leave', 'withdrawn')
BEGIN
  update waitlist_entry set deleted_at = new.updated_at, end_reason = 'student_left', version = version + 1
  where student_id = new.id and enrollment_id is null and deleted_at is null;
END;

create trigger student_graduates before update of status on student
when new.status = 'graduated' and old.status <> 'graduated' and exists (select 1 from open_seat where student_id = new.id)
BEGIN
  select raise(abort, 'student_has_open_seats');
END;
