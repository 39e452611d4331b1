-- Numbers of sections are told apart by their keys, as other identifiers are: the same in capitals or not, whatever width and alphabet they are written in. Sections
-- of before that look alike stay as they are; a further one is refused.

alter table section add column number_key text;
drop view live_section;
create view live_section as select * from section where deleted_at is null;

update section set number_key = upper(number);
update section set number_key = (
  with recursive spelled (place, text) as (
    select 0, section.number_key
    union all
    select place + 1, replace(text, substr('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ０１２３４５６７８９', place + 1, 1), substr('ABEZHIKMNOPTYXABESIJKMHOPCTYX0123456789', place + 1, 1))
    from spelled where place < 39
  )
  select text from spelled where place = 39
);

create index section_number_keys on section (course_id, term_id, number_key);

create trigger section_number_is_keyed after insert on section when new.number_key is null
BEGIN
  update section set number_key = upper(number) where id = new.id;
END;

create trigger section_number_given after update of number on section when old.number = ''
BEGIN
  update section set number_key = new.number where id = new.id;
END;

create trigger section_number_apart before insert on section
when new.number_key <> '' and exists (
  select 1 from live_section where course_id = new.course_id and term_id = new.term_id and number_key = new.number_key
)
BEGIN
  select raise(abort, 'section_number_taken');
END;

create trigger section_number_still_apart before update of course_id, term_id, number_key, deleted_at on section
when new.deleted_at is null and new.number_key <> ''
  and (new.course_id, new.term_id, new.number_key, new.deleted_at) is not (old.course_id, old.term_id, old.number_key, old.deleted_at)
  and exists (
    select 1 from live_section
    where course_id = new.course_id and term_id = new.term_id and number_key = new.number_key and id <> new.id
  )
BEGIN
  select raise(abort, 'section_number_taken');
END;
