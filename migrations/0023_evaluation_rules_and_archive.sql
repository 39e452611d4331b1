-- How a course is graded unless a section says otherwise: the categories that a new section begins with.

create table course_evaluation_rule (
  course_id integer not null references course (id),
  position integer not null,
  name text not null,
  name_el text,
  weight integer not null,
  aggregation text not null,
  drop_lowest integer not null,
  primary key (course_id, position),
  constraint evaluation_rule_weight_range check (weight between 0 and 10000),
  constraint evaluation_rule_aggregation_known check (aggregation in ('weighted', 'mean', 'latest')),
  constraint evaluation_rule_drop_lowest_range check (drop_lowest between 0 and 1000)
) strict, without rowid;

create unique index course_evaluation_rule_name on course_evaluation_rule (course_id, name);

create trigger evaluation_rules_allowed before insert on course_evaluation_rule
when new.weight + (select coalesce(sum(weight), 0) from course_evaluation_rule where course_id = new.course_id) > 10000
BEGIN
  select raise(abort, 'evaluation_rules_exceeded');
END;

-- In the very write that makes the section, whoever writes; what becomes of the rules later leaves it alone.
create trigger section_takes_rules after insert on section
BEGIN
  insert into assessment_category (section_id, name, name_el, weight, aggregation, drop_lowest, created_at, updated_at)
  select new.id, name, name_el, weight, aggregation, drop_lowest, new.created_at, new.created_at
  from course_evaluation_rule where course_id = new.course_id order by position;
END;

-- Categories that came with a section and are as they came go and come back with it; any others keep it, as before.
drop trigger section_uncategorized;
create trigger section_uncategorized before update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null and exists (
  select 1 from live_assessment_category where section_id = old.id and (version > 1 or created_at <> old.created_at)
)
BEGIN
  select raise(abort, 'section_in_use');
END;

create trigger section_leaves_with_rules after update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  update assessment_category set deleted_at = new.deleted_at where section_id = new.id and deleted_at is null;
END;

create trigger section_returns_with_rules after update of deleted_at on section
when new.deleted_at is null and old.deleted_at is not null
BEGIN
  update assessment_category set deleted_at = null where section_id = new.id and deleted_at = old.deleted_at;
END;

-- What is no longer offered but stays on records.

alter table course add column archived_at text;
drop view live_course;
create view live_course as select * from course where deleted_at is null;

alter table program add column archived_at text;
drop view live_program;
create view live_program as select * from program where deleted_at is null;

create trigger section_course_offered before insert on section
when exists (select 1 from live_course where id = new.course_id and archived_at is not null)
BEGIN
  select raise(abort, 'section_course_archived');
END;

create trigger section_course_still_offered before update of course_id on section
when new.course_id <> old.course_id
  and exists (select 1 from live_course where id = new.course_id and archived_at is not null)
BEGIN
  select raise(abort, 'section_course_archived');
END;

create trigger student_program_offered before insert on student
when exists (select 1 from live_program where id = new.program_id and archived_at is not null)
BEGIN
  select raise(abort, 'student_program_archived');
END;

create trigger student_program_still_offered before update of program_id on student
when new.program_id is not old.program_id
  and exists (select 1 from live_program where id = new.program_id and archived_at is not null)
BEGIN
  select raise(abort, 'student_program_archived');
END;

create trigger application_program_offered before insert on application
when exists (select 1 from live_program where id = new.program_id and archived_at is not null)
BEGIN
  select raise(abort, 'student_program_archived');
END;
