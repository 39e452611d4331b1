-- An id of the audit log is given once, also after the newest rows were cut off: SQLite would give their numbers again.

create table audit_high_water (
  id integer primary key,
  last integer not null,
  -- Of a row on its way to a number of its own; null outside of the trigger.
  moving integer,
  constraint audit_high_water_single check (id = 1)
) strict;

insert into audit_high_water (id, last) select 1, coalesce(max(id), 0) from audit_log;

create trigger audit_log_id_noted after insert on audit_log when new.id > (select last from audit_high_water)
BEGIN
  update audit_high_water set last = new.id;
END;

create trigger audit_log_id_given_once after insert on audit_log when new.id <= (select last from audit_high_water)
BEGIN
  update audit_high_water set moving = new.id;
  update audit_log set id = (select last + 1 from audit_high_water) where id = new.id;
  update audit_high_water set last = last + 1, moving = null;
END;

drop trigger audit_log_no_update;

create trigger audit_log_no_update before update on audit_log when old.id is not (select moving from audit_high_water)
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create trigger audit_high_water_only_rises before update on audit_high_water when new.last < old.last
BEGIN
  select raise(abort, 'audit_high_water_falls');
END;

create trigger audit_high_water_stays before delete on audit_high_water
BEGIN
  select raise(abort, 'audit_high_water_falls');
END;
