-- The work behind an official result is closed: what a result was made of says for good what it said then. The scores and the attendance of a
-- student close with the student's own result, assessments and categories with the first one of their section. Whether scores are shown stays open.

create trigger score_is_open before insert on score
when exists (
  select 1 from assessment a join live_result r on r.section_id = a.section_id
  where a.id = new.assessment_id and r.student_id = new.student_id and r.state <> 'draft'
)
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger score_stays_open before update of assessment_id, student_id, score, state, graded_by, deleted_at on score
when exists (
  select 1 from assessment a join live_result r on r.section_id = a.section_id
  where a.id = old.assessment_id and r.student_id = old.student_id and r.state <> 'draft'
)
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger attendance_is_open before insert on attendance
when exists (
  select 1 from live_result where section_id = new.section_id and student_id = new.student_id and state <> 'draft'
)
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger attendance_stays_open before update of section_id, student_id, date, period, status, note, recorded_by, deleted_at on attendance
when exists (
  select 1 from live_result where section_id = old.section_id and student_id = old.student_id and state <> 'draft'
)
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger assessment_is_open before insert on assessment
when exists (select 1 from live_result where section_id = new.section_id and state <> 'draft')
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger assessment_stays_open
before update of section_id, category_id, type, title, title_el, weight, max_score, due_at, deleted_at on assessment
when (new.section_id, new.category_id, new.type, new.title, new.title_el, new.weight, new.max_score, new.due_at, new.deleted_at)
    is not (old.section_id, old.category_id, old.type, old.title, old.title_el, old.weight, old.max_score, old.due_at, old.deleted_at)
  and exists (select 1 from live_result where section_id = old.section_id and state <> 'draft')
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger category_is_open before insert on assessment_category
when exists (select 1 from live_result where section_id = new.section_id and state <> 'draft')
BEGIN
  select raise(abort, 'work_is_official');
END;

create trigger category_stays_open
before update of section_id, name, name_el, weight, aggregation, drop_lowest, deleted_at on assessment_category
when exists (select 1 from live_result where section_id = old.section_id and state <> 'draft')
BEGIN
  select raise(abort, 'work_is_official');
END;

-- A score comes back where it could be given today.
create trigger score_comes_back before update of deleted_at on score
when new.deleted_at is null and old.deleted_at is not null
BEGIN
  select raise(abort, 'score_assessment_missing') where not exists (select 1 from live_assessment where id = new.assessment_id);
  select raise(abort, 'score_above_max') where new.score > (select max_score from assessment where id = new.assessment_id);
  select raise(abort, 'score_student_not_enrolled')
    where not exists (
      select 1 from live_enrollment e join assessment a on a.section_id = e.section_id
      where a.id = new.assessment_id and e.student_id = new.student_id and e.status in ('enrolled', 'completed')
    );
END;

-- What an absence costs, and how attendance counts, is the course's to say until the first result is official; from then on the section keeps it.
alter table section add column absence_penalty integer constraint section_absence_penalty_range check (absence_penalty between 0 and 10000);
alter table section add column attendance_rule text constraint section_attendance_rule_json check (json_valid(attendance_rule));

drop view live_section;
create view live_section as select * from section where deleted_at is null;

update section set (absence_penalty, attendance_rule) = (select absence_penalty, attendance_rule from course c where c.id = section.course_id)
where exists (select 1 from live_result r where r.section_id = section.id and r.state <> 'draft');

create trigger section_keeps_absence_penalty after update of state on result
when old.state = 'draft' and new.state = 'published'
BEGIN
  update section set (absence_penalty, attendance_rule) = (select absence_penalty, attendance_rule from course c where c.id = section.course_id)
  where id = new.section_id and absence_penalty is null;
END;
