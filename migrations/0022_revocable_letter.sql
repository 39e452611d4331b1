-- A letter can be withdrawn, once and for good; what it says stays as it was signed.

alter table letter add column revoked_at text;

drop trigger letter_is_fixed;
create trigger letter_is_fixed before update of id, request_id, facts, digest, issued_at, expires_at on letter
BEGIN
  select raise(abort, 'letter_is_kept');
END;

create trigger letter_revocation_is_final before update of revoked_at on letter
when old.revoked_at is not null
BEGIN
  select raise(abort, 'letter_is_revoked');
END;
