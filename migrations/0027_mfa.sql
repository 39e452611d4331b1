-- A second factor by one-time codes (RFC 6238), and the codes that help when the device is lost.

create table totp (
  user_id integer primary key references user (id),
  -- AES-GCM by ACCOUNT_KEYS: kid.nonce.ciphertext, base64url.
  secret text not null,
  -- The last 30-second step whose code was used: none is used twice.
  last_step integer not null default 0,
  confirmed_at text,
  created_at text not null
) strict;

create table recovery_code (
  user_id integer not null references totp (user_id) on delete cascade,
  -- SHA-256, hex.
  hash text not null,
  used_at text,
  primary key (user_id, hash)
) strict, without rowid;

-- When a one-time code was given last in this session.
alter table session add column verified_at text;
