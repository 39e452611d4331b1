-- The making of a further chain over all rows of the audit log: rows that older versions wrote are encrypted, and all are hashed anew. The note
-- tells, under a code, where the chain before had come to; what stands before the first row is the hash of that note.

create table audit_renewal (
  id text primary key,
  chain integer not null unique,
  note text,
  -- Why one begins although the log is not what the chain before says; without it the work ends there.
  reason text,
  -- Rows up to here are in the new chain, those up to last_id still in the one before.
  position integer not null default 0,
  -- The same, as the batch of a step sees it until it has changed its rows.
  done integer not null default 0,
  last_id integer not null default 0,
  hash text,
  -- What the chain before had at position.
  old_hash text,
  rewritten integer not null default 0,
  step integer not null default 0,
  error_code text,
  requested_by integer,
  created_at text not null,
  updated_at text not null,
  finished_at text,
  constraint audit_renewal_follows check (chain >= 2)
) strict, without rowid;

-- What older versions wrote is re-written once.
insert into audit_renewal (id, chain, created_at, updated_at)
select 'chain-2', 2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '' where exists (select 1 from audit_log);

drop trigger audit_log_no_update;

-- Of a row that tells of persons in the clear the values may be sealed: once, before its hash is taken, or when it is taken anew.
create trigger audit_log_no_update before update on audit_log
when old.id is not (select moving from audit_high_water) and not (
  old.changes -> '$.sealed.by' is null and new.changes -> '$.sealed.by' is not null
  and new.id = old.id and new.at = old.at and new.actor_id is old.actor_id and new.actor_role = old.actor_role and new.action = old.action
  and new.entity_type = old.entity_type and new.entity_id is old.entity_id and new.summary is old.summary and new.success = old.success
  and new.method = old.method and new.path = old.path and new.status = old.status and new.ip is old.ip
  and new.user_agent is old.user_agent and new.request_id = old.request_id
  and (old.id > coalesce((select max(audit_id) from audit_chain), 0)
    or exists (select 1 from audit_renewal where finished_at is null and old.id > done and old.id <= last_id))
)
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

drop trigger audit_chain_no_update;

create trigger audit_chain_no_update before update on audit_chain
when new.audit_id <> old.audit_id
  or not exists (select 1 from audit_renewal where finished_at is null and old.audit_id > done and old.audit_id <= last_id)
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

drop trigger audit_seal_no_delete;

create trigger audit_seal_no_delete before delete on audit_seal
when not exists (select 1 from audit_renewal where finished_at is null and old.last_id > done and old.last_id <= last_id)
BEGIN
  select raise(abort, 'audit_log_append_only');
END;
