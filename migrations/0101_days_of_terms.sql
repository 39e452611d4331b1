-- Terms do not move away from the days that are in use in them: recorded attendance, first and last days of seats. A seat since the first or until the
-- last day of the term follows it. Days that are outside already, from before, stay as they are.

create view term_day as
  select s.term_id, 'attendance' as kind, a.date as day from live_section s join live_attendance a on a.section_id = s.id
  union all
  select s.term_id, 'seat', e.member_from from live_section s join live_enrollment e on e.section_id = s.id where e.member_from is not null
  union all
  select s.term_id, 'seat', e.member_until from live_section s join live_enrollment e on e.section_id = s.id where e.member_until is not null;

create trigger term_keeps_its_days before update of start_date, end_date on term
when (new.start_date > old.start_date or new.end_date < old.end_date) and exists (
  select 1 from term_day d
  where d.term_id = old.id and d.day between old.start_date and old.end_date and d.day not between new.start_date and new.end_date
    and (d.kind = 'attendance' or d.day not in (old.start_date, old.end_date))
)
BEGIN
  select raise(abort, 'term_days_outside');
END;
