-- The audit log rolled up: how often something was done, and refused, on each day (UTC). Trends are read from here.

create table daily_activity (
  id integer primary key,
  day text not null,
  -- The permission of the operation, as in the audit log.
  action text not null,
  done integer not null,
  refused integer not null,
  constraint daily_activity_day_form check (day is date(day))
) strict;

create unique index daily_activity_once on daily_activity (day, action);
