-- When a student was in a section decides which attendance counts, so it is work behind an official result as well: neither the days of a seat
-- nor its history change once a figure is official. A W has none, and the seat may be given again.

drop trigger term_moves_membership;
create trigger term_moves_membership after update of start_date on term
when new.start_date < old.start_date
BEGIN
  update enrollment set member_from = new.start_date, version = version + 1, updated_at = new.updated_at
  where section_id in (select id from section where term_id = new.id) and member_from = old.start_date and deleted_at is null
    and not exists (
      select 1 from live_result r
      where r.section_id = enrollment.section_id and r.student_id = enrollment.student_id and r.state <> 'draft' and r.outcome <> 'withdrawn'
    );
END;

create trigger enrollment_graded_keeps_days before update of member_from, member_until on enrollment
when (new.member_from, new.member_until) is not (old.member_from, old.member_until) and exists (
  select 1 from live_result
  where section_id = old.section_id and student_id = old.student_id and state <> 'draft' and outcome <> 'withdrawn'
)
BEGIN
  select raise(abort, 'enrollment_graded_stays');
END;

create trigger enrollment_graded_is_all before insert on enrollment
when exists (
  select 1 from live_result
  where section_id = new.section_id and student_id = new.student_id and state <> 'draft' and outcome <> 'withdrawn'
)
BEGIN
  select raise(abort, 'enrollment_graded_stays');
END;

create trigger enrollment_graded_keeps_history before update of deleted_at on enrollment
when new.deleted_at is not old.deleted_at and old.status = 'dropped' and exists (
  select 1 from live_result
  where section_id = old.section_id and student_id = old.student_id and state <> 'draft' and outcome <> 'withdrawn'
)
BEGIN
  select raise(abort, 'enrollment_graded_stays');
END;
