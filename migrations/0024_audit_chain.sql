-- Every audit row is sealed by a hash over its content and the hash of the row before, so that a changed, removed or moved row shows.
-- A seal is the hash reached at a point in time; it also rests in R2, where who can write here cannot.

create table audit_chain (
  audit_id integer primary key,
  hash text not null,
  constraint audit_chain_hash_form check (length(hash) = 64)
) strict;

create table audit_seal (
  last_id integer primary key,
  hash text not null,
  sealed_at text not null,
  stored_at text
) strict;

create index audit_seal_unstored on audit_seal (last_id) where stored_at is null;

create trigger audit_chain_no_update before update on audit_chain
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create trigger audit_chain_no_delete before delete on audit_chain
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create trigger audit_seal_no_update before update of last_id, hash, sealed_at on audit_seal
BEGIN
  select raise(abort, 'audit_log_append_only');
END;

create trigger audit_seal_no_delete before delete on audit_seal
BEGIN
  select raise(abort, 'audit_log_append_only');
END;
