-- What every write needs: its guard, its audit row, its messages, its idempotency key.

-- Never holds a row: inserting 0 breaks the check and thereby the batch whose change touched nothing.
create table expect_write (
  ok integer not null,
  constraint write_expected check (ok = 1)
) strict;

create table audit_log (
  id integer primary key,
  at text not null,
  actor_id integer,
  actor_role text not null,
  action text not null,
  entity_type text not null,
  entity_id text,
  changes text not null default '{}',
  summary text,
  reason text,
  success integer not null,
  method text not null,
  path text not null,
  status integer not null,
  ip text,
  user_agent text,
  request_id text not null,
  constraint audit_log_changes_json check (json_valid(changes)),
  constraint audit_log_success_flag check (success in (0, 1))
) strict;

create index audit_log_entity on audit_log (entity_type, entity_id);
create index audit_log_entity_type on audit_log (entity_type);
create index audit_log_actor on audit_log (actor_id);
create index audit_log_at on audit_log (at);

create trigger audit_log_no_update before update on audit_log
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create trigger audit_log_no_delete before delete on audit_log
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create table outbox (
  id text primary key,
  message text not null,
  created_at text not null,
  constraint outbox_message_json check (json_valid(message))
) strict, without rowid;

create table idempotency_key (
  user_id integer not null,
  key text not null,
  fingerprint text not null,
  entity_id text,
  status integer not null,
  response text,
  created_at text not null,
  primary key (user_id, key)
) strict, without rowid;

create index idempotency_key_age on idempotency_key (created_at);

create table dead_letter (
  id integer primary key,
  message_id text not null unique,
  message text not null,
  attempts integer not null,
  failed_at text not null,
  constraint dead_letter_message_json check (json_valid(message))
) strict;
