-- Runs of the periodic jobs, letters that the queue gave up and that can be sent again, and what keeps work from being done twice.

create table job_run (
  name text primary key,
  run_id text not null,
  -- One run holds a job until then: by then it has ended, or died. Null between runs.
  leased_until text,
  started_at text not null,
  finished_at text,
  outcome text,
  error_code text,
  -- Rows, files or messages, whatever the job counts.
  handled integer,
  -- Where the next run goes on, for a job that gets round in several.
  position integer not null default 0,
  succeeded_at text,
  constraint job_run_outcome_known check (outcome in ('ok', 'failed')),
  constraint job_run_finished_has_outcome check ((finished_at is null) = (outcome is null))
) strict, without rowid;

create trigger job_under_way before update of run_id on job_run
when old.leased_until > new.started_at
BEGIN
  select raise(abort, 'job_under_way');
END;

-- The same message may die again after it was sent again: it stays one letter. `origin_id` is the same each time.
alter table dead_letter add column origin_id text;
alter table dead_letter add column type text not null default 'unknown';
alter table dead_letter add column deaths integer not null default 1;
alter table dead_letter add column status text not null default 'dead' constraint dead_letter_status_known check (status in ('dead', 'retried'));
alter table dead_letter add column retried_at text;
alter table dead_letter add column retried_by integer references user (id);

update dead_letter set origin_id = message_id;
update dead_letter set origin_id = message ->> '$.id', type = message ->> '$.type'
where json_type(message, '$.id') = 'text'
  and message ->> '$.type' in ('transcript.render', 'password-reset.mail', 'result-changed.mail', 'import.work')
  and id = (select max(o.id) from dead_letter o where o.message ->> '$.id' = dead_letter.message ->> '$.id');

create unique index dead_letter_origin on dead_letter (origin_id);
create index dead_letter_failed on dead_letter (failed_at);

create trigger dead_letter_retried before update of status on dead_letter
when old.status = 'retried' and new.status = 'retried'
BEGIN
  select raise(abort, 'dead_letter_retried');
END;

create index outbox_age on outbox (created_at);

-- A mail is noted down before it is sent and again afterwards, so that no delivery of its message sends it a second time.
create table mail_delivery (
  message_id text primary key,
  started_at text not null,
  sent_at text
) strict, without rowid;

create index mail_delivery_started on mail_delivery (started_at);

-- JSON array: the ids under which files of the job may lie in R2. At most one of them becomes the issue.
alter table transcript_job add column drafts text not null default '[]' constraint transcript_job_drafts_json check (json_valid(drafts));

-- The state in which an import was given up; it goes on from there when its message is sent again.
alter table import_job add column gave_up_in text;
