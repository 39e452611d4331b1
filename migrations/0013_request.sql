-- What students ask the registry for. A request is decided once; what is no longer pending stays as it was asked.

create table service_request (
  id integer primary key,
  student_id integer not null references student (id),
  type text not null,
  details text,
  language text not null,
  status text not null default 'pending',
  notes text,
  processed_by integer references user (id),
  processed_at text,
  -- The transcript job of an approved request. No reference: jobs are forgotten after their retention.
  job_id text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint service_request_type_known check (type in ('transcript', 'bonafide', 'noc', 'other')),
  constraint service_request_language_known check (language in ('en', 'el')),
  constraint service_request_status_known check (status in ('pending', 'approved', 'rejected', 'completed', 'cancelled')),
  constraint service_request_processed_when check (
    (status in ('approved', 'rejected', 'completed')) = (processed_at is not null)
    and (processed_at is null) = (processed_by is null)
  ),
  constraint service_request_job_when check ((job_id is not null) = (type = 'transcript' and status in ('approved', 'completed')))
) strict;

create unique index service_request_job on service_request (job_id) where job_id is not null;
create index service_request_student on service_request (student_id);
create index service_request_status on service_request (status);
create index service_request_created on service_request (created_at);
create view live_service_request as select * from service_request where deleted_at is null;

create trigger service_request_allowed before insert on service_request
BEGIN
  select raise(abort, 'service_request_state_edge') where new.status <> 'pending';
  select raise(abort, 'service_request_student_missing')
    where not exists (select 1 from live_student where id = new.student_id);
END;

create trigger service_request_state_edges before update of status on service_request
when new.status <> old.status and (old.status, new.status) not in (
  values ('pending', 'approved'), ('pending', 'rejected'), ('pending', 'cancelled'), ('approved', 'completed')
)
BEGIN
  select raise(abort, 'service_request_state_edge');
END;

create trigger service_request_stays_put before update of student_id on service_request
when new.student_id <> old.student_id
BEGIN
  select raise(abort, 'service_request_stays_put');
END;

create trigger service_request_is_history before update of type, details, language, deleted_at on service_request
when old.status <> 'pending'
  and (new.type, new.details, new.language, new.deleted_at) is not (old.type, old.details, old.language, old.deleted_at)
BEGIN
  select raise(abort, 'service_request_is_history');
END;

create trigger service_request_still_allowed before update of deleted_at on service_request
when old.deleted_at is not null and new.deleted_at is null
  and not exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'service_request_student_missing');
END;

-- In the very write that makes the file ready, so that the two never disagree.
create trigger transcript_job_completes_request after update of status on transcript_job
when new.status = 'ready' and old.status <> 'ready'
BEGIN
  update service_request set status = 'completed', version = version + 1, updated_at = new.finished_at
  where job_id = new.id and status = 'approved';
END;

-- A letter as it was signed: the facts on the day of approval, from which the page is drawn whenever it is asked for.
create table letter (
  id text primary key,
  request_id integer not null references service_request (id),
  facts text not null,
  digest text not null,
  issued_at text not null,
  expires_at text not null,
  constraint letter_facts_json check (json_valid(facts))
) strict, without rowid;

create unique index letter_request on letter (request_id);

create trigger letter_is_kept before delete on letter
BEGIN
  select raise(abort, 'letter_is_kept');
END;

create trigger letter_is_fixed before update on letter
BEGIN
  select raise(abort, 'letter_is_kept');
END;
