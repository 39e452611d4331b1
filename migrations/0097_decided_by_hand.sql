-- A figure that a person set is theirs: it stays until they say otherwise, and rests on no work. Drafts that were changed by hand before cannot be told
-- from others, and are computed as before.

alter table result add column set_by_hand integer not null default 0 constraint result_set_by_hand_flag check (set_by_hand in (0, 1));
drop view live_result;
create view live_result as select * from result where deleted_at is null;

drop trigger result_says_what_the_work_says;
create trigger result_says_what_the_work_says before update of state on result
when old.state = 'draft' and new.state = 'published' and old.outcome <> 'withdrawn' and old.set_by_hand = 0 and (
  old.basis is null
  or old.basis is not (select basis from result_basis where section_id = old.section_id and student_id = old.student_id)
)
BEGIN
  select raise(abort, 'result_outdated');
END;

-- When a seat ended that has an official result does not change either. Becoming official is what ends it.
create trigger enrollment_graded_keeps_end before update of ended_at on enrollment
when old.status <> 'enrolled' and new.ended_at is not old.ended_at and exists (
  select 1 from live_result
  where section_id = old.section_id and student_id = old.student_id and state <> 'draft' and outcome <> 'withdrawn'
)
BEGIN
  select raise(abort, 'enrollment_graded_stays');
END;
