-- A course that comes back asks for what it asked for before: a required course that was deleted meanwhile comes back first.

create trigger course_requirement_still_live before update of deleted_at on course
when new.deleted_at is null and old.deleted_at is not null
  and exists (
    select 1 from course_requirement r
    where r.course_id = old.id and not exists (select 1 from live_course where id = r.required_course_id)
  )
BEGIN
  select raise(abort, 'course_requirement_missing');
END;
