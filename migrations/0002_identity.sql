-- Accounts and their sessions. A student-role account may exist without a student behind it (an applicant).

create table user (
  id integer primary key,
  email text not null,
  full_name text not null,
  role text not null,
  tier text not null default 'free',
  language text not null default 'en',
  is_active integer not null default 1,
  student_id integer references student (id),
  password_hash text not null,
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint user_email_folded check (email = lower(email)),
  constraint user_role_known check (role in ('admin', 'registrar', 'faculty', 'student')),
  constraint user_tier_known check (tier in ('free', 'pro', 'enterprise')),
  constraint user_language_known check (language in ('en', 'el')),
  constraint user_is_active_flag check (is_active in (0, 1)),
  constraint user_student_role check (student_id is null or role = 'student')
) strict;

create unique index user_email_live on user (email) where deleted_at is null;
create unique index user_student_live on user (student_id) where deleted_at is null and student_id is not null;
create view live_user as select * from user where deleted_at is null;

create table session (
  id text primary key,
  user_id integer not null references user (id),
  refresh_hash text not null,
  created_at text not null,
  last_used_at text not null,
  expires_at text not null,
  revoked_at text,
  ip text,
  user_agent text
) strict, without rowid;

create index session_user on session (user_id);
create index session_expires on session (expires_at);
