-- Tokens that travel by mail. They are made when the mail is sent, so that no table, queue or log holds one; only its hash rests here.

create table password_reset (
  id text primary key,
  -- As it was asked for; whether an account has it is looked up when the mail is due.
  email text not null,
  requested_at text not null,
  expires_at text not null,
  token_hash text,
  used_at text
) strict, without rowid;

create unique index password_reset_token on password_reset (token_hash) where token_hash is not null;
create index password_reset_expires on password_reset (expires_at);

create table invitation (
  id integer primary key,
  email text not null,
  full_name text not null,
  role text not null,
  language text not null,
  token_hash text,
  expires_at text not null,
  accepted_at text,
  created_at text not null,
  constraint invitation_email_folded check (email = lower(email)),
  constraint invitation_role_known check (role in ('admin', 'registrar', 'faculty', 'student'))
) strict;

create unique index invitation_token on invitation (token_hash) where token_hash is not null;
