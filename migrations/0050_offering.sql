-- A section is called as its course was when it was offered, and is worth what the course was worth then; a result that is official keeps all
-- four. What a course is changed to reaches sections that nobody has sat in.

alter table section add column code text;
alter table section add column title text;
alter table section add column title_el text;
alter table section add column credits integer constraint section_credits_range check (credits between 0 and 600);
alter table result add column code text;
alter table result add column title text;
alter table result add column title_el text;

drop view live_section;
create view live_section as select * from section where deleted_at is null;
drop view live_result;
create view live_result as select * from result where deleted_at is null;

update section set (code, title, title_el, credits) = (select code, title, title_el, credits from course c where c.id = section.course_id);
update result set (code, title, title_el) = (select code, title, title_el from section s where s.id = result.section_id) where state <> 'draft';

-- What is not said when a section is made, or is taken back later, is as the course has it.
create trigger section_is_called_as_course after insert on section
when new.code is null or new.title is null or new.credits is null
BEGIN
  update section set (code, title, title_el, credits) = (
    select coalesce(new.code, c.code), coalesce(new.title, c.title), iif(new.title is null, coalesce(new.title_el, c.title_el), new.title_el),
      coalesce(new.credits, c.credits)
    from course c where c.id = new.course_id
  ) where id = new.id;
END;

create trigger section_is_called_as_course_again after update of title, credits on section
when new.title is null or new.credits is null
BEGIN
  update section set (title, title_el, credits) = (
    select coalesce(new.title, iif(r.official, old.title, c.title)),
      iif(new.title is null, iif(r.official, old.title_el, c.title_el), new.title_el),
      coalesce(new.credits, iif(r.official, old.credits, c.credits))
    from course c, (select exists (select 1 from live_result where section_id = new.id and state <> 'draft') as official) r
    where c.id = new.course_id
  ) where id = new.id;
END;

create trigger section_of_another_course after update of course_id on section
when new.course_id <> old.course_id
BEGIN
  update section set (code, title, title_el, credits) = (select code, title, title_el, credits from course c where c.id = new.course_id)
  where id = new.id;
END;

-- What a section says otherwise than its course stays.
create trigger course_reaches_its_sections after update of code, title, title_el, credits on course
when (new.code, new.title, new.title_el, new.credits) is not (old.code, old.title, old.title_el, old.credits)
BEGIN
  update section set code = new.code, title = iif(title is old.title, new.title, title), title_el = iif(title_el is old.title_el, new.title_el, title_el),
    credits = iif(credits is old.credits, new.credits, credits), version = version + 1, updated_at = new.updated_at
  where course_id = new.id and deleted_at is null
    and not exists (select 1 from enrollment e where e.section_id = section.id and e.deleted_at is null);
END;

create trigger section_offering_stays before update of code, title, title_el, credits, grading_scheme on section
when (new.code <> old.code or new.title <> old.title or new.credits <> old.credits or new.grading_scheme is not old.grading_scheme
    or (new.title is not null and old.title is not null and new.title_el is not old.title_el))
  and exists (select 1 from live_result where section_id = old.id and state <> 'draft')
BEGIN
  select raise(abort, 'section_graded');
END;

create trigger result_copies_offering after update of state on result
when old.state = 'draft' and new.state = 'published'
BEGIN
  update result set (code, title, title_el) = (select code, title, title_el from section s where s.id = new.section_id) where id = new.id;
END;

create trigger result_offering_stays before update of code, title, title_el on result
when old.state <> 'draft' and old.code is not null
  and (new.code, new.title, new.title_el) is not (old.code, old.title, old.title_el)
BEGIN
  select raise(abort, 'result_is_official');
END;
