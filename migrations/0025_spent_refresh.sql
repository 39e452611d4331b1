-- Hashes of refresh secrets that were used: presenting one again means that somebody holds a copy.

create table spent_refresh (
  hash text primary key,
  session_id text not null references session (id) on delete cascade
) strict, without rowid;

create index spent_refresh_session on spent_refresh (session_id);
