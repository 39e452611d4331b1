-- Attendance as a graded category: it holds no assessments, its percentage is that of the student's attendance by the rule of the course.
alter table assessment_category add column kind text not null default 'assessments'
constraint category_kind_known check (kind in ('assessments', 'attendance'));
drop view live_assessment_category;
create view live_assessment_category as select * from assessment_category where deleted_at is null;

alter table course_evaluation_rule add column kind text not null default 'assessments'
constraint evaluation_rule_kind_known check (kind in ('assessments', 'attendance'));

drop trigger section_takes_rules;
create trigger section_takes_rules after insert on section
BEGIN
  insert into assessment_category (section_id, name, name_el, weight, aggregation, drop_lowest, kind, created_at, updated_at)
  select new.id, name, name_el, weight, aggregation, drop_lowest, kind, new.created_at, new.created_at
  from course_evaluation_rule where course_id = new.course_id order by position;
END;

create trigger category_kind_stays before update of kind on assessment_category
when new.kind <> old.kind
BEGIN
  select raise(abort, 'category_kind_stays');
END;

create trigger assessment_is_no_attendance before insert on assessment
when exists (select 1 from assessment_category where id = new.category_id and kind = 'attendance')
BEGIN
  select raise(abort, 'category_is_attendance');
END;

create trigger assessment_becomes_no_attendance before update of category_id on assessment
when exists (select 1 from assessment_category where id = new.category_id and kind = 'attendance')
BEGIN
  select raise(abort, 'category_is_attendance');
END;

-- Anew: attendance is no category that waits for assessments.
drop trigger result_weights_complete;
create trigger result_weights_complete before update of state on result
when new.state = 'published' and old.state = 'draft'
BEGIN
  select raise(abort, 'result_weights_incomplete')
    where coalesce(
      (select sum(weight) from live_assessment_category where section_id = new.section_id),
      (select sum(weight) from live_assessment where section_id = new.section_id),
      0) <> 10000;
  select raise(abort, 'result_categories_incomplete')
    where exists (
      select 1 from live_assessment_category c
      where c.section_id = new.section_id and c.kind = 'assessments' and not exists (
        select 1 from live_assessment a where a.category_id = c.id and (c.aggregation <> 'weighted' or a.weight > 0)
      )
    );
  select raise(abort, 'result_categories_incomplete')
    where exists (select 1 from live_assessment where section_id = new.section_id and category_id is null)
      and exists (select 1 from live_assessment_category where section_id = new.section_id);
END;
