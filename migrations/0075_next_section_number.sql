-- A section that is made without a number gets the first one that is free in its course and term, in the order in which they are written.

create trigger section_gets_number after insert on section
when new.number = ''
BEGIN
  update section set number = (
    select cast(min(free) as text) from (
      select 1 as free
      union
      select cast(number as integer) + 1 from live_section
      where course_id = new.course_id and term_id = new.term_id and number glob '[0-9]*' and number not glob '*[^0-9]*'
    )
    where free not in (
      select cast(number as integer) from live_section
      where course_id = new.course_id and term_id = new.term_id and number glob '[0-9]*' and number not glob '*[^0-9]*'
    )
  ) where id = new.id;
END;
