-- Whether a batch was committed whose answer was lost. A receipt is its last row; soon afterwards nobody asks any more, and a job deletes it.

create table write_receipt (
  at text not null,
  id text not null,
  -- The newest audit row then: that of the batch, if it has one.
  audit_id integer,
  primary key (at, id)
) strict, without rowid;

-- Holds a row only inside of a batch that asks again what another one wrote.
create table write_recovery (
  audit_id integer primary key
) strict;

-- What a batch changed, as its audit row names it: the newest one, or the one that is asked for again.
create view written_entity as
  select entity_id from audit_log
  where id = coalesce((select audit_id from write_recovery), (select max(id) from audit_log));
