-- There is always somebody who can let others in.
create trigger user_last_admin before update of role, is_active, deleted_at on user
when old.role = 'admin' and old.is_active = 1 and old.deleted_at is null
  and (new.role <> 'admin' or new.is_active = 0 or new.deleted_at is not null)
  and not exists (select 1 from live_user where role = 'admin' and is_active = 1 and id <> old.id)
BEGIN
  select raise(abort, 'user_last_admin');
END;

-- Failed sign-ins, by the SHA-256 of the e-mail: unknown addresses are locked like known ones, so that a lock tells nothing.
create table sign_in_failure (
  email_hash text primary key,
  failures integer not null,
  -- The first of these failures.
  since text not null,
  locked_until text
) strict, without rowid;

create index sign_in_failure_since on sign_in_failure (since);

create trigger user_student_there before insert on user
when new.student_id is not null and not exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'user_student_missing');
END;

create trigger user_student_still_there before update of student_id on user
when new.student_id is not null and new.student_id is not old.student_id
  and not exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'user_student_missing');
END;
