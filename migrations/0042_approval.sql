-- What one person asks for and another one decides on. The act takes place in the batch that says that it was approved.

create table approval (
  id text primary key,
  -- The permission of the act.
  operation text not null,
  subject text not null,
  -- JSON: what was asked for.
  input text not null,
  requested_by integer not null references user (id),
  requested_at text not null,
  expires_at text not null,
  status text not null default 'pending',
  decided_by integer references user (id),
  decided_at text,
  note text,
  constraint approval_input_json check (json_valid(input)),
  constraint approval_status_known check (status in ('pending', 'approved', 'rejected', 'expired')),
  constraint approval_two_persons check (decided_by is null or decided_by <> requested_by),
  constraint approval_decided_when check (
    (status in ('approved', 'rejected')) = (decided_by is not null) and (decided_by is null) = (decided_at is null)
  )
) strict, without rowid;

create unique index approval_pending on approval (operation, subject) where status = 'pending';
create index approval_requested on approval (requested_at);

create trigger approval_is_final before update on approval
when old.status <> 'pending'
BEGIN
  select raise(abort, 'approval_is_final');
END;

create trigger approval_is_fixed before update of id, operation, subject, input, requested_by, requested_at, expires_at on approval
BEGIN
  select raise(abort, 'approval_is_kept');
END;

create trigger approval_lapses before update of status on approval
when new.status in ('approved', 'rejected') and new.decided_at >= old.expires_at
BEGIN
  select raise(abort, 'approval_lapsed');
END;

create trigger approval_asker_there before update of status on approval
when new.status = 'approved' and not exists (select 1 from live_user where id = old.requested_by and is_active = 1)
BEGIN
  select raise(abort, 'approval_asker_barred');
END;

create trigger approval_no_delete before delete on approval
BEGIN
  select raise(abort, 'approval_is_kept');
END;
