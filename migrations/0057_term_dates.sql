-- The dates of a term hold together: deadlines lie inside of it, enrollment opens and closes by its end, and it lasts 400 days at most. Terms of
-- before stay as they are until their dates change. An instant is judged by the latest time zone there is: the exact day is the application's.

create trigger term_dates_hold_together before insert on term
BEGIN
  select raise(abort, 'term_too_long') where julianday(new.end_date) - julianday(new.start_date) >= 400;
  select raise(abort, 'term_drop_deadline_outside') where new.drop_deadline not between new.start_date and new.end_date;
  select raise(abort, 'term_withdraw_deadline_outside') where new.withdraw_deadline not between new.start_date and new.end_date;
  select raise(abort, 'term_opens_after_end') where date(new.enrollment_opens_at, '-12 hours') > new.end_date;
  select raise(abort, 'term_closes_after_end') where date(new.enrollment_closes_at, '-12 hours') > new.end_date;
END;

create trigger term_dates_still_hold_together
before update of start_date, end_date, enrollment_opens_at, enrollment_closes_at, drop_deadline, withdraw_deadline on term
when (new.start_date, new.end_date, new.enrollment_opens_at, new.enrollment_closes_at, new.drop_deadline, new.withdraw_deadline)
  is not (old.start_date, old.end_date, old.enrollment_opens_at, old.enrollment_closes_at, old.drop_deadline, old.withdraw_deadline)
BEGIN
  select raise(abort, 'term_too_long') where julianday(new.end_date) - julianday(new.start_date) >= 400;
  select raise(abort, 'term_drop_deadline_outside') where new.drop_deadline not between new.start_date and new.end_date;
  select raise(abort, 'term_withdraw_deadline_outside') where new.withdraw_deadline not between new.start_date and new.end_date;
  select raise(abort, 'term_opens_after_end') where date(new.enrollment_opens_at, '-12 hours') > new.end_date;
  select raise(abort, 'term_closes_after_end') where date(new.enrollment_closes_at, '-12 hours') > new.end_date;
END;
