-- A token that was mailed is worth nothing once something newer has overtaken it.

alter table invitation add column invited_by integer references user (id);
alter table invitation add column voided_at text;
create index invitation_email on invitation (email);
create index invitation_inviter on invitation (invited_by);

update invitation set voided_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
where accepted_at is null
  and exists (select 1 from invitation newer where newer.email = invitation.email and newer.id > invitation.id);

create trigger invitation_overtakes before insert on invitation
BEGIN
  update invitation set voided_at = new.created_at where email = new.email and accepted_at is null and voided_at is null;
END;

-- Who may invite no longer has invited nobody. The write of one who was stopped in its midst comes too late.
create trigger user_invites_no_more after update of role, is_active, deleted_at on user
when new.role <> 'admin' or new.is_active = 0 or new.deleted_at is not null
BEGIN
  update invitation set voided_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
  where invited_by = new.id and accepted_at is null and voided_at is null;
END;

create trigger invitation_allowed before insert on invitation
when new.invited_by is not null
  and not exists (select 1 from live_user where id = new.invited_by and role = 'admin' and is_active = 1)
BEGIN
  select raise(abort, 'invitation_inviter_gone');
END;

-- Another password or e-mail, and the closing or end of an account, end its open resets: whoever asked for them asked about another state of it.
-- A hash that a sign-in made stronger keeps the version: it is of the same password.
create index password_reset_email on password_reset (email);

create trigger user_voids_resets after update of password_hash, email, is_active, deleted_at on user
when (new.password_hash <> old.password_hash and new.version <> old.version) or new.email <> old.email or new.is_active <> old.is_active
  or new.deleted_at is not old.deleted_at
BEGIN
  delete from password_reset where email in (old.email, new.email) and used_at is null;
END;
