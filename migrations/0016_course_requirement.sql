-- What a course asks for: in every group at least one of its courses, passed with the minimum percentage if one is named.

create table course_requirement (
  course_id integer not null references course (id),
  kind text not null,
  group_number integer not null,
  required_course_id integer not null references course (id),
  minimum_percentage integer,
  primary key (course_id, kind, group_number, required_course_id),
  constraint course_requirement_kind_known check (kind in ('prerequisite', 'corequisite')),
  constraint course_requirement_minimum_range check (minimum_percentage between 0 and 10000),
  constraint course_requirement_not_itself check (course_id <> required_course_id)
) strict, without rowid;

create index course_requirement_required on course_requirement (required_course_id);

create trigger course_requirement_live before insert on course_requirement
when not exists (select 1 from live_course where id = new.required_course_id)
BEGIN
  select raise(abort, 'course_requirement_missing');
END;

create trigger course_not_required before update of deleted_at on course
when new.deleted_at is not null and old.deleted_at is null
  and exists (select 1 from course_requirement r join live_course c on c.id = r.course_id where r.required_course_id = old.id)
BEGIN
  select raise(abort, 'course_in_use');
END;
