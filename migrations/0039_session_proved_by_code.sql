-- How a session was proved at `verified_at`: by a code of the second factor, or by the password alone. A session of before has to give a code once.
alter table session add column by_code integer not null default 0 constraint session_by_code_flag check (by_code in (0, 1));
