-- A transfer carries the work of the student: whatever they have in the course and term goes to the new section. The originals stay where they are.
-- Which work that is stands here alone, so that a rehearsal, the transfer itself and a swap from a waitlist cannot differ.

alter table score add column carried_from integer;
-- The score that counts in its place.
alter table score add column carried_to integer;
alter table attendance add column carried_from integer;
drop view live_score;
create view live_score as select * from score where deleted_at is null;
drop view live_attendance;
create view live_attendance as select * from attendance where deleted_at is null;

create unique index score_carried_once on score (carried_from) where carried_from is not null and carried_to is null and deleted_at is null;

-- Scores that count, beside every other section of their course and term: the work there that is the same, if any.
-- And why a score stays behind; null where it is carried. Of several for one piece of work the newest is.
create view transferable_score as
  with carriable_score as not materialized (
  select score.id, score.student_id, score.updated_at, work.id as assessment_id, work.title, work.released, score.score, own.id as from_section_id,
      target.id as section_id, (
        select min(same.id) from live_assessment same left join live_assessment_category there on there.id = same.category_id
        where same.section_id = target.id and same.type = work.type and same.title = work.title and same.max_score = work.max_score
          and there.name is here.name
      ) as target_id
    from live_score score join live_assessment work on work.id = score.assessment_id
    left join live_assessment_category here on here.id = work.category_id
    join section own on own.id = work.section_id
    join live_section target on target.course_id = own.course_id and target.term_id = own.term_id and target.id <> own.id
    where score.carried_to is null
  )
  select one.*, iif(exists (
      select 1 from graded_seat graded
      where graded.student_id = one.student_id and graded.section_id in (one.from_section_id, one.section_id)
    ), 'official_result', iif(one.target_id is null, 'no_counterpart', iif(exists (
      select 1 from carriable_score other
      where other.student_id = one.student_id and other.section_id = one.section_id and other.target_id = one.target_id
        and (other.updated_at, other.id) > (one.updated_at, one.id)
        and not exists (
          select 1 from graded_seat graded where graded.student_id = one.student_id and graded.section_id = other.from_section_id
        )
    ) or exists (
      select 1 from live_score there
      where there.assessment_id = one.target_id and there.student_id = one.student_id and there.carried_to is null
        and (there.updated_at, there.id) > (one.updated_at, one.id)
    ), 'newer_score', null))) as reason
  from carriable_score one;

-- Attendance of other sections that a section does not have yet, or has as it was before: the newest record of each date and period. It counted
-- where it was taken: the student was in that section.
create view transferable_attendance as
  with carriable_attendance as not materialized (
  select one.id, one.student_id, own.id as from_section_id, target.id as section_id, one.date, one.period, one.status, one.note,
      one.recorded_by, one.search_text, one.updated_at
    from live_attendance one join section own on own.id = one.section_id
    join live_section target on target.course_id = own.course_id and target.term_id = own.term_id and target.id <> own.id
    join term on term.id = own.term_id and one.date between term.start_date and term.end_date
    where not exists (
      select 1 from graded_seat graded where graded.student_id = one.student_id and graded.section_id in (own.id, target.id)
    ) and exists (
      select 1 from live_enrollment seat
      where seat.section_id = own.id and seat.student_id = one.student_id
        and one.date between coalesce(seat.member_from, '') and coalesce(seat.member_until, '9999')
    ) and not exists (
      select 1 from live_attendance there
      where there.section_id = target.id and there.student_id = one.student_id and there.date = one.date and there.period = one.period
        and ((there.status, there.note) is (one.status, one.note) or (there.updated_at, there.id) > (one.updated_at, one.id))
    )
  )
  select * from carriable_attendance one
  where not exists (
    select 1 from carriable_attendance other
    where other.student_id = one.student_id and other.section_id = one.section_id and other.date = one.date and other.period = one.period
      and (other.updated_at, other.id) > (one.updated_at, one.id)
  );

-- What came to a section with a student.
create view carried_work as
  select 'score' as kind, score.student_id, work.section_id, score.updated_at, work.released
  from live_score score join live_assessment work on work.id = score.assessment_id where score.carried_from is not null
  union all
  select 'attendance', student_id, section_id, updated_at, 1 from live_attendance where carried_from is not null;

-- The new seat is the one that was given up for it in the same moment.
create trigger enrollment_follows_transfer after insert on enrollment
when new.status = 'enrolled' and new.enrolled_at = new.created_at
BEGIN
  update enrollment set transferred_to = new.id
  where student_id = new.student_id and end_reason = 'transferred' and transferred_to is null and ended_at = new.enrolled_at
    and deleted_at is null and section_id in (
      select other.id from section own join section other on other.course_id = own.course_id and other.term_id = own.term_id
      where own.id = new.section_id
    );
END;

create trigger enrollment_carries_work after update of transferred_to on enrollment
when new.transferred_to is not null and old.transferred_to is null
BEGIN
  insert into score (assessment_id, student_id, score, state, graded_by, created_at, updated_at, carried_from)
  select t.target_id, s.student_id, s.score, s.state, s.graded_by, new.ended_at, new.ended_at, s.id
  from transferable_score t join score s on s.id = t.id
  where t.student_id = new.student_id and t.section_id = (select section_id from enrollment where id = new.transferred_to) and t.reason is null
  on conflict (assessment_id, student_id) where deleted_at is null do update
  set score = excluded.score, state = excluded.state, graded_by = excluded.graded_by, updated_at = excluded.updated_at,
    carried_from = excluded.carried_from, carried_to = null, version = version + 1;
  update score set carried_to = copy.id, version = version + 1, updated_at = new.ended_at
  from (
    select mark.id, mark.carried_from from live_score mark join assessment work on work.id = mark.assessment_id
    where mark.student_id = new.student_id and work.section_id = (select section_id from enrollment where id = new.transferred_to)
  ) copy
  where score.id = copy.carried_from and score.student_id = new.student_id and score.carried_to is not copy.id and score.deleted_at is null;
  update score set carried_to = null
  where student_id = new.student_id and carried_to is not null and assessment_id in (
    select id from assessment where section_id = (select section_id from enrollment where id = new.transferred_to)
  );
  update enrollment set member_from = known.first
  from (
    select min(date) as first from transferable_attendance
    where student_id = new.student_id and section_id = (select section_id from enrollment where id = new.transferred_to)
  ) known
  where enrollment.id = new.transferred_to and known.first < enrollment.member_from;
  insert into attendance (section_id, student_id, date, period, status, note, recorded_by, search_text, created_at, updated_at, carried_from)
  select section_id, student_id, date, period, status, note, recorded_by, search_text, new.ended_at, new.ended_at, id
  from transferable_attendance
  where student_id = new.student_id and section_id = (select section_id from enrollment where id = new.transferred_to)
  on conflict (section_id, date, period, student_id) where deleted_at is null do update
  set status = excluded.status, note = excluded.note, search_text = excluded.search_text, recorded_by = excluded.recorded_by, updated_at = excluded.updated_at,
    carried_from = excluded.carried_from, version = version + 1;
END;
