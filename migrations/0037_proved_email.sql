-- Whose e-mail is it? Until a token that was mailed to it came back nobody knows: such an account is a shadow, which stands in nobody's way.

alter table user add column email_verified_at text;
-- When one of its e-mails was proved first. Whoever is known gives way to nobody, even while a changed e-mail is not proved yet.
alter table user add column known_since text;

-- Accounts that exist have been worked with. To doubt them now would lock people out in the middle of a term, so they count as proved.
update user set email_verified_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
update user set known_since = email_verified_at;

drop view live_user;
create view live_user as select * from user where deleted_at is null;

create trigger user_opened_as_known after insert on user
when new.email_verified_at is not null and new.known_since is null
BEGIN
  update user set known_since = new.email_verified_at where id = new.id;
END;

create trigger user_becomes_known after update of email_verified_at on user
when new.email_verified_at is not null and new.known_since is null
BEGIN
  update user set known_since = new.email_verified_at where id = new.id;
END;

-- A record and a second factor belong to somebody who is known to read the mail of the account.
create trigger user_student_proved before insert on user
when new.email_verified_at is null and exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'user_email_unproved');
END;

create trigger user_student_still_proved before update of student_id on user
when new.student_id is not old.student_id and new.email_verified_at is null
  and exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'user_email_unproved');
END;

create trigger totp_of_proved before insert on totp
when exists (select 1 from user where id = new.user_id and email_verified_at is null)
BEGIN
  select raise(abort, 'user_email_unproved');
END;

create trigger totp_confirmed_of_proved before update of confirmed_at on totp
when new.confirmed_at is not null and exists (select 1 from user where id = new.user_id and email_verified_at is null)
BEGIN
  select raise(abort, 'user_email_unproved');
END;

-- Somebody is to confirm this e-mail. Like a reset it names no account: who has the e-mail is looked up when the mail is due, and again when
-- the token comes back.
create table email_confirmation (
  id text primary key,
  email text not null,
  requested_at text not null,
  expires_at text not null,
  token_hash text,
  used_at text
) strict, without rowid;

create unique index email_confirmation_token on email_confirmation (token_hash) where token_hash is not null;
create index email_confirmation_expires on email_confirmation (expires_at);
create index email_confirmation_email on email_confirmation (email);

-- What was mailed for one account confirms no other: not the one that takes the e-mail after it, nor a second time.
create trigger user_voids_confirmations after update of email, email_verified_at, deleted_at on user
when new.email <> old.email or new.deleted_at is not old.deleted_at or new.email_verified_at is not old.email_verified_at
BEGIN
  delete from email_confirmation where email in (old.email, new.email) and used_at is null;
END;
