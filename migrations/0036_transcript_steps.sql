-- Transcripts are rendered in steps like all other work of the queue: of two that do the same step only one can, and a job whose message was
-- lost is found by when something was last done about it.

alter table transcript_job add column step integer not null default 0;
alter table transcript_job add column updated_at text not null default '';

update transcript_job set updated_at = coalesce(finished_at, created_at);

create index transcript_job_under_way on transcript_job (updated_at) where finished_at is null;
