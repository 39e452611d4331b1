-- A seat since the first day of its term, or until the last, follows the term both ways; it stayed where it was when the term became shorter. Days behind an
-- official figure stay.
drop trigger term_moves_membership;
create trigger term_moves_membership after update of start_date, end_date on term
when (new.start_date, new.end_date) is not (old.start_date, old.end_date)
BEGIN
  update enrollment set
    member_from = iif(member_from = old.start_date, new.start_date, member_from),
    member_until = iif(member_until = old.end_date, new.end_date, member_until),
    version = version + 1, updated_at = new.updated_at
  where section_id in (select id from section where term_id = new.id) and deleted_at is null
    and (member_from = old.start_date and new.start_date <> old.start_date or member_until = old.end_date and new.end_date <> old.end_date)
    and not exists (
      select 1 from live_result r
      where r.section_id = enrollment.section_id and r.student_id = enrollment.student_id and r.state <> 'draft' and r.outcome <> 'withdrawn'
    );
END;
