-- Codes of courses are kept as they are typed, as those of programs and terms are: code_key is what they are unique and looked up by. The CHECK that
-- demanded capitals is of the whole table, so the table is made anew under its name. Foreign keys are looked at when all is done: what the rows
-- that refer to courses miss in between is there again by then. An index each finds them; whatever else names the table goes by its name.

pragma defer_foreign_keys = on;

create index section_of_course on section (course_id);
create index enrollment_of_course on enrollment (course_id);
create index override_of_course on enrollment_override (course_id);

create table course_before as select * from course;
drop table course;

create table course (
  id integer primary key,
  code text not null,
  title text not null,
  title_el text,
  credits integer not null,
  program_id integer references program (id),
  absence_penalty integer not null default 0,
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  archived_at text,
  code_key text,
  legacy integer not null default 0,
  attendance_rule text not null default '{"late_counts":100,"excused":"left_out","minimum":75}',
  constraint course_credits_range check (credits between 0 and 600),
  constraint course_absence_penalty_range check (absence_penalty between 0 and 10000),
  constraint course_legacy_flag check (legacy in (0, 1)),
  constraint course_attendance_rule_json check ((
    json_valid(attendance_rule)
    and json_type(attendance_rule, '$.late_counts') in ('integer', 'real') and attendance_rule ->> '$.late_counts' between 0 and 100
    and attendance_rule ->> '$.excused' in ('left_out', 'present', 'absent')
    and json_type(attendance_rule, '$.minimum') in ('integer', 'real') and attendance_rule ->> '$.minimum' between 0 and 100
  ) is true)
) strict;

insert into course (id, code, title, title_el, credits, program_id, absence_penalty, search_text, version, created_at, updated_at, deleted_at,
  archived_at, code_key, legacy, attendance_rule)
select id, code, title, title_el, credits, program_id, absence_penalty, search_text, version, created_at, updated_at, deleted_at,
  archived_at, code_key, legacy, attendance_rule
from course_before;

drop table course_before;
drop index section_of_course;
drop index enrollment_of_course;
drop index override_of_course;

create unique index course_code_live on course (code) where deleted_at is null;
create index course_program on course (program_id);
create index course_code_deleted on course (code) where deleted_at is not null;
create index course_code_keys on course (code_key);
create unique index course_code_key on course (code_key) where deleted_at is null and legacy = 0;
create index course_code_alike on course (ltrim(replace(code_key, 'O', '0'), '0')) where deleted_at is null;

create trigger course_program_live before insert on course
when new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'course_program_missing');
END;

create trigger course_program_still_live before update of program_id, deleted_at on course
when new.deleted_at is null and new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'course_program_missing');
END;

create trigger course_unused before update of deleted_at on course
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_section where course_id = old.id)
BEGIN
  select raise(abort, 'course_in_use');
END;

create trigger course_not_required before update of deleted_at on course
when new.deleted_at is not null and old.deleted_at is null
  and exists (select 1 from course_requirement r join live_course c on c.id = r.course_id where r.required_course_id = old.id)
BEGIN
  select raise(abort, 'course_in_use');
END;

create trigger course_reaches_its_sections after update of code, title, title_el, credits on course
when (new.code, new.title, new.title_el, new.credits) is not (old.code, old.title, old.title_el, old.credits)
BEGIN
  update section set code = new.code, title = iif(title is old.title, new.title, title), title_el = iif(title_el is old.title_el, new.title_el, title_el),
    credits = iif(credits is old.credits, new.credits, credits), version = version + 1, updated_at = new.updated_at
  where course_id = new.id and deleted_at is null
    and not exists (select 1 from enrollment e where e.section_id = section.id and e.deleted_at is null);
END;

create trigger course_requirement_still_live before update of deleted_at on course
when new.deleted_at is null and old.deleted_at is not null
  and exists (
    select 1 from course_requirement r
    where r.course_id = old.id and not exists (select 1 from live_course where id = r.required_course_id)
  )
BEGIN
  select raise(abort, 'course_requirement_missing');
END;

create trigger course_code_is_keyed after insert on course when new.code_key is null
BEGIN
  update course set code_key = upper(new.code) where id = new.id;
END;

create trigger course_code_anew after update of code_key on course when new.legacy = 1 and new.code_key <> old.code_key
BEGIN
  update course set legacy = 0 where id = new.id;
END;
