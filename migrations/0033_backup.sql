-- Backups: what is being done about them, the key in use, and what a backup or a restore needs while it runs.

create table backup_run (
  id text primary key,
  task text not null,
  -- The name of the backup.
  name text not null,
  -- Each step of the work adds one; of two that do the same step only one can.
  step integer not null default 0,
  -- JSON: where the work stands.
  progress text not null,
  rows integer not null default 0,
  error_code text,
  -- For people: what is wrong, such as `chunk 17 (table score)`.
  error_where text,
  requested_by integer,
  created_at text not null,
  updated_at text not null,
  finished_at text,
  constraint backup_run_task_known check (task in ('backup', 'verify', 'restore')),
  constraint backup_run_progress_json check (json_valid(progress)),
  constraint backup_run_error_when check (error_code is null or finished_at is not null)
) strict, without rowid;

-- One at a time.
create unique index backup_run_under_way on backup_run ((finished_at is null)) where finished_at is null;
create index backup_run_name on backup_run (name, created_at);
create index backup_run_created on backup_run (created_at);

-- Which rows changed while a backup copies the tables; written by triggers that exist only then.
create table backup_change (
  id integer primary key,
  table_name text not null,
  -- JSON array of the primary key.
  key text not null
) strict;

-- The key of BACKUP_KEYS that new backups use; without a row the first one.
create table backup_key (
  id integer primary key,
  kid text not null,
  rotated_at text not null,
  constraint backup_key_single check (id = 1)
) strict;

-- While a restore replaces the tables nothing else may be written. It ends by itself should the restore die.
create table maintenance (
  id integer primary key,
  until text not null,
  constraint maintenance_single check (id = 1)
) strict;

-- Every write leaves an audit row in its batch, so this one trigger stops them all. Signing in and the restore itself go on.
create trigger audit_log_maintenance before insert on audit_log
when exists (select 1 from maintenance where until > new.at)
  and new.success = 1 and new.action not like 'session.%' and new.action not like 'backup.%'
BEGIN
  select raise(abort, 'maintenance');
END;
