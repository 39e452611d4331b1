-- What is official changes by two persons: one asks, others approve. The last approval that is needed changes the result in the same statement.

create table result_change (
  id integer primary key,
  result_id integer not null references result (id),
  requested_by integer not null references user (id),
  reason text not null,
  old_outcome text not null,
  old_percentage integer not null,
  old_letter text not null,
  old_points integer not null,
  old_value integer not null,
  new_outcome text not null,
  new_percentage integer not null,
  new_letter text not null,
  new_points integer not null,
  new_value integer not null,
  status text not null default 'pending',
  approvals_needed integer not null,
  resolved_at text,
  resolved_by integer references user (id),
  note text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  constraint result_change_status_known check (status in ('pending', 'approved', 'rejected')),
  constraint result_change_outcome_known check (new_outcome in ('pass', 'fail')),
  constraint result_change_percentage_range check (new_percentage between 0 and 10000),
  constraint result_change_points_range check (new_points between 0 and 1000),
  constraint result_change_approvals_range check (approvals_needed in (1, 2)),
  constraint result_change_resolved_when check ((resolved_at is null) = (status = 'pending')),
  constraint result_change_two_persons check ((resolved_by is null) = (status = 'pending') and resolved_by is not requested_by)
) strict;

create unique index result_change_pending on result_change (result_id) where status = 'pending';
create index result_change_result on result_change (result_id);

create table result_change_approval (
  id integer primary key,
  change_id integer not null references result_change (id),
  user_id integer not null references user (id),
  approved_at text not null,
  note text
) strict;

create unique index result_change_approval_once on result_change_approval (change_id, user_id);

create trigger result_change_official before insert on result_change
when exists (select 1 from result where id = new.result_id and state = 'draft')
BEGIN
  select raise(abort, 'result_change_of_draft');
END;

-- The figures it starts from are those of the moment, and so is the number of approvals.
create trigger result_change_starts_here before insert on result_change
when new.status <> 'pending' or not exists (
  select 1 from live_result where id = new.result_id
    and (outcome, percentage, letter, points, value)
      = (new.old_outcome, new.old_percentage, new.old_letter, new.old_points, new.old_value)
    and new.approvals_needed = iif(state = 'frozen', 2, 1)
)
BEGIN
  select raise(abort, 'result_change_outdated');
END;

-- A result that is frozen while a change is pending needs both approvals from then on.
create trigger result_change_of_frozen after update of state on result
when new.state = 'frozen' and old.state <> 'frozen'
BEGIN
  update result_change set approvals_needed = 2, version = version + 1, updated_at = new.updated_at
  where result_id = new.id and status = 'pending';
END;

create trigger result_change_is_fixed before update of id, result_id, requested_by, reason, old_outcome, old_percentage, old_letter, old_points,
  old_value, new_outcome, new_percentage, new_letter, new_points, new_value, created_at on result_change
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

create trigger result_change_ended_is_final before update on result_change
when old.status <> 'pending' or new.approvals_needed < old.approvals_needed
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

-- Approved is only what was approved often enough, and what its result already says.
create trigger result_change_needs_approvals before update of status on result_change
when old.status = 'pending' and new.status = 'approved' and (
  (select count(*) from result_change_approval where change_id = old.id) < old.approvals_needed
  or not exists (
    select 1 from live_result where id = old.result_id
      and (outcome, percentage, letter, points, value)
        = (old.new_outcome, old.new_percentage, old.new_letter, old.new_points, old.new_value)
  )
)
BEGIN
  select raise(abort, 'result_change_unapproved');
END;

create trigger result_change_no_delete before delete on result_change
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

create trigger result_change_approval_allowed before insert on result_change_approval
when (select status from result_change where id = new.change_id) <> 'pending'
BEGIN
  select raise(abort, 'result_change_resolved');
END;

create trigger result_change_approval_by_another before insert on result_change_approval
when (select requested_by from result_change where id = new.change_id) = new.user_id
BEGIN
  select raise(abort, 'result_change_own');
END;

create trigger result_change_approval_by_registry before insert on result_change_approval
when not exists (select 1 from live_user where id = new.user_id and is_active = 1 and role in ('admin', 'registrar'))
BEGIN
  select raise(abort, 'result_change_approver_role');
END;

create trigger result_change_approval_no_update before update on result_change_approval
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

create trigger result_change_approval_no_delete before delete on result_change_approval
BEGIN
  select raise(abort, 'result_change_is_kept');
END;

create trigger result_change_approval_counts after insert on result_change_approval
when (select count(*) from result_change_approval where change_id = new.change_id)
  < (select approvals_needed from result_change where id = new.change_id)
BEGIN
  update result_change set version = version + 1, updated_at = new.approved_at where id = new.change_id;
END;

create trigger result_change_approval_applies after insert on result_change_approval
when (select count(*) from result_change_approval where change_id = new.change_id)
  >= (select approvals_needed from result_change where id = new.change_id)
BEGIN
  update result set (outcome, percentage, letter, points, value)
    = (select new_outcome, new_percentage, new_letter, new_points, new_value from result_change where id = new.change_id),
    version = version + 1, updated_at = new.approved_at
  where id = (select result_id from result_change where id = new.change_id);
  update result_change set status = 'approved', resolved_at = new.approved_at, resolved_by = new.user_id, note = new.note,
    version = version + 1, updated_at = new.approved_at
  where id = new.change_id;
END;

-- From here on the figures of an official result may become exactly those of a pending change that has its approvals; nothing else may change.
drop trigger result_is_official;

create trigger result_is_official before update of student_id, section_id, outcome, percentage, letter, points, value, credits, published_at, published_by, deleted_at
on result
when old.state <> 'draft' and not (
  (new.student_id, new.section_id, new.credits, new.published_at, new.published_by, new.deleted_at)
    is (old.student_id, old.section_id, old.credits, old.published_at, old.published_by, old.deleted_at)
  and exists (
    select 1 from result_change c
    where c.result_id = old.id and c.status = 'pending'
      and (c.new_outcome, c.new_percentage, c.new_letter, c.new_points, c.new_value)
        = (new.outcome, new.percentage, new.letter, new.points, new.value)
      and (select count(*) from result_change_approval a where a.change_id = c.id) >= c.approvals_needed
  )
)
BEGIN
  select raise(abort, 'result_is_official');
END;

-- A transcript that was issued before certifies figures that no longer hold.
create trigger result_change_supersedes after update of outcome, percentage, letter, points, value on result
when old.state <> 'draft'
BEGIN
  update transcript_issue set superseded_at = new.updated_at where student_id = new.student_id and superseded_at is null;
END;
