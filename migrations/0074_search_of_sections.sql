-- Sections are found by what they are called themselves, and by the names of those who teach them. The search column of an account is of its name
-- alone, so that nobody who looks for a teacher's section feels for an e-mail; the job `refresh-search-texts` adds what names sound like.

alter table section add column search_text text not null default '';

drop view live_section;
create view live_section as select * from section where deleted_at is null;

update section set search_text = coalesce(
  (select c.search_text from course c where c.id = section.course_id and (c.code, c.title, c.title_el) is (section.code, section.title, section.title_el)),
  ''
);

update user set search_text = substr(search_text, instr(search_text, ' ') + 1, max(0, instr(search_text || char(10), char(10)) - instr(search_text, ' ') - 1))
where instr(search_text, '@') > 0;

-- The text of a section that is called as its course is that of the course. Where only a part of it is, the job makes it.
create trigger section_is_found_as_called after update of code, title, title_el on section
when new.search_text is old.search_text and (new.code, new.title, new.title_el) is not (old.code, old.title, old.title_el)
BEGIN
  update section set search_text = coalesce(
    (select c.search_text from course c where c.id = new.course_id and (c.code, c.title, c.title_el) is (new.code, new.title, new.title_el)),
    iif((new.title, new.title_el) is (old.title, old.title_el), new.search_text, '')
  ) where id = new.id;
END;
