-- How many students a minute the turnstile of a term lets in to enroll by themselves; none where it has no turnstile.
alter table term add column turnstile_pace integer constraint term_turnstile_pace_range check (turnstile_pace between 1 and 60000);
drop view live_term;
create view live_term as select * from term where deleted_at is null;
