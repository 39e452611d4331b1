-- Whose results are official is never deleted, neither the student nor the section: that is said before anything else, because nothing that could
-- be done about the rest would help. The triggers of a section become one, in the order of what they say.

drop trigger student_unused;
create trigger student_unused before update of deleted_at on student
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'student_has_results') where exists (select 1 from live_result where student_id = old.id and state <> 'draft');
  select raise(abort, 'student_is_enrolled') where exists (select 1 from live_enrollment where student_id = old.id and status = 'enrolled');
END;

drop trigger section_unused;
drop trigger section_waited_for;
drop trigger section_uncategorized;
create trigger section_unused before update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'section_has_results') where exists (select 1 from live_result where section_id = old.id and state <> 'draft');
  select raise(abort, 'section_in_use') where exists (select 1 from live_enrollment where section_id = old.id);
  select raise(abort, 'section_in_use') where exists (select 1 from live_waitlist_entry where section_id = old.id and enrollment_id is null);
  select raise(abort, 'section_in_use') where exists (select 1 from live_assessment where section_id = old.id);
  select raise(abort, 'section_in_use')
    where exists (
      select 1 from live_assessment_category where section_id = old.id and (version > 1 or created_at <> old.created_at)
    );
END;
