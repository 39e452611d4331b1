-- Every transcript that left the house, and the work of rendering those that were asked for in the background.

create table transcript_issue (
  id text primary key,
  student_id integer not null references student (id),
  language text not null,
  digest text not null,
  file_sha256 text not null,
  issued_at text not null,
  expires_at text not null,
  issued_by integer references user (id),
  revoked_at text,
  superseded_at text,
  constraint transcript_issue_language_known check (language in ('en', 'el'))
) strict, without rowid;

create index transcript_issue_student on transcript_issue (student_id);
create index transcript_issue_file on transcript_issue (file_sha256);

create table transcript_job (
  id text primary key,
  student_id integer not null references student (id),
  language text not null,
  email text,
  requested_by integer references user (id),
  status text not null default 'queued',
  attempts integer not null default 0,
  error_code text,
  issue_id text references transcript_issue (id) deferrable initially deferred,
  created_at text not null,
  finished_at text,
  constraint transcript_job_language_known check (language in ('en', 'el')),
  constraint transcript_job_status_known check (status in ('queued', 'rendering', 'ready', 'failed')),
  constraint transcript_job_ready_has_issue check ((status = 'ready') = (issue_id is not null))
) strict, without rowid;

create index transcript_job_student on transcript_job (student_id);
create index transcript_job_created on transcript_job (created_at);

create trigger transcript_issue_is_kept before delete on transcript_issue
BEGIN
  select raise(abort, 'transcript_issue_is_kept');
END;

create trigger transcript_issue_is_fixed before update of student_id, language, digest, file_sha256, issued_at, expires_at on transcript_issue
BEGIN
  select raise(abort, 'transcript_issue_is_kept');
END;
