-- Rows are found by every text that they show, in capitals or not, with accents or without. SQL folds no Greek: the job `refresh-search-texts` fills these columns
-- for rows of before, which are found by their texts as written until then.

alter table term add column search_text text not null default '';
alter table grading_scheme add column search_text text not null default '';
alter table grading_scheme add column word_texts text not null default '{}';
alter table student add column registry_text text not null default '';
alter table invitation add column search_text text not null default '';
alter table service_request add column search_text text not null default '';
alter table saved_filter add column search_text text not null default '';
alter table result_change add column search_text text not null default '';
alter table result_change_approval add column search_text text not null default '';
alter table import_error add column search_text text not null default '';

drop view live_term;
create view live_term as select * from term where deleted_at is null;
drop view live_grading_scheme;
create view live_grading_scheme as select * from grading_scheme where deleted_at is null;
drop view live_student;
create view live_student as select * from student where deleted_at is null;
drop view live_service_request;
create view live_service_request as select * from service_request where deleted_at is null;
drop view live_saved_filter;
create view live_saved_filter as select * from saved_filter where deleted_at is null;

-- Students name their program by its code.
create view followed_program as select id, code, code_key from program;

-- Accounts name their student.
create view account_student as
select id, student_number, trim(last_name || ' ' || first_name) as student_name, search_text from student;

-- What these are found by holds more of their texts by now.
update application set search_text = replace(search_text, char(10), ' ') where coalesce(father_name, statement, note) is not null;
update program set search_text = replace(search_text, char(10), ' ')
where coalesce(degree, degree_el) is not null or grading_scheme glob '*[^ -~]*';
update section set search_text = replace(search_text, char(10), ' ') where number || coalesce(grading_scheme, '') glob '*[^ -~]*';

-- The text of a section that is called as its course is that of the course. A new one has that of its number and scheme already; of others whose
-- number or scheme has letters that SQL does not fold, the job makes the text.
drop trigger section_is_found_as_called;
create trigger section_is_found_as_called after update of code, title, title_el on section
when new.search_text is old.search_text and (new.code, new.title, new.title_el) is not (old.code, old.title, old.title_el)
BEGIN
  update section set search_text = coalesce(
    (
      select iif(
        old.code is null, c.search_text || ' ' || new.search_text,
        iif(new.number || coalesce(new.grading_scheme, '') glob '*[^ -~]*', '', c.search_text)
      )
      from course c where c.id = new.course_id and (c.code, c.title, c.title_el) is (new.code, new.title, new.title_el)
    ),
    iif((new.title, new.title_el) is (old.title, old.title_el), new.search_text, '')
  ) where id = new.id;
END;

-- What rows are found by is no part of their history: the job may fill it where nothing else changes any more.
drop trigger result_change_ended_is_final;
create trigger result_change_ended_is_final before update of id, result_id, requested_by, reason, old_outcome, old_percentage, old_letter,
  old_points, old_value, new_outcome, new_percentage, new_letter, new_points, new_value, status, approvals_needed, resolved_at, resolved_by, note,
  version, created_at, updated_at on result_change
when old.status <> 'pending' or new.approvals_needed < old.approvals_needed
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

drop trigger result_change_approval_no_update;
create trigger result_change_approval_no_update before update of id, change_id, user_id, approved_at, note on result_change_approval
BEGIN
  select raise(abort, 'result_change_is_kept');
END;
