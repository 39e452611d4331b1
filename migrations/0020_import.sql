-- Files on their way into the university. A file is read into import_row, compared with what is there, and then written from it.

create table import_job (
  id text primary key,
  entity text not null,
  format text not null,
  separator text,
  -- JSON array: the header of a CSV file. Null for NDJSON, where each line names its fields.
  columns text,
  missing text,
  language text not null,
  size integer not null,
  dry_run integer not null,
  atomic integer not null,
  confirmed integer not null,
  -- Everything that is written is taken back: a dry run, or the search for what an atomic import broke.
  rehearsal integer not null,
  state text not null,
  -- Bytes read, the last line read, the line up to which the state's work is done, how many lines the next step takes.
  position integer not null,
  last_line integer not null,
  cursor integer not null default 0,
  reach integer not null,
  -- Each step of the work adds one; of two that do the same step only one can.
  step integer not null default 0,
  rows_read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  error_code text,
  requested_by integer references user (id),
  created_at text not null,
  updated_at text not null,
  started_at text,
  finished_at text,
  constraint import_job_format_known check (format in ('csv', 'ndjson')),
  constraint import_job_language_known check (language in ('en', 'el')),
  constraint import_job_columns_json check (json_valid(columns)),
  constraint import_job_state_known check (
    state in ('queued', 'reading', 'planning', 'deciding', 'needs_confirmation', 'updating', 'creating', 'writing', 'finishing', 'finished', 'failed')
  ),
  constraint import_job_finished_when check ((state in ('finished', 'failed')) = (finished_at is not null))
) strict, without rowid;

create index import_job_created on import_job (created_at);

create table import_row (
  import_id text not null references import_job (id),
  line integer not null,
  -- The natural key as the file names it.
  key text not null,
  content text not null,
  target_id integer,
  action text,
  primary key (import_id, line),
  constraint import_row_content_json check (json_valid(content)),
  constraint import_row_action_known check (action in ('create', 'update', 'same', 'error'))
) strict, without rowid;

create index import_row_key on import_row (import_id, key);

create table import_error (
  id integer primary key,
  import_id text not null references import_job (id),
  line integer not null,
  field text,
  code text not null,
  -- Null where the text is that of the code, filled with the parameters.
  message text,
  params text not null,
  constraint import_error_params_json check (json_valid(params))
) strict;

create index import_error_import on import_error (import_id, line);

-- Holds a row only inside of a batch that writes imported rows; nobody else ever sees it. Taking it away ends a rehearsal.
create table import_writing (
  import_id text not null,
  rehearsal integer not null
) strict;

create trigger import_rehearsed before delete on import_writing
when old.rehearsal = 1
BEGIN
  select raise(abort, 'import_rehearsed');
END;

-- Anew: history includes the scores of those who left later. Everybody else grades who sits in the section.
drop trigger score_allowed;
create trigger score_allowed before insert on score
BEGIN
  select raise(abort, 'score_assessment_missing') where not exists (select 1 from live_assessment where id = new.assessment_id);
  select raise(abort, 'score_above_max') where new.score > (select max_score from assessment where id = new.assessment_id);
  select raise(abort, 'score_student_not_enrolled')
    where not exists (
      select 1 from live_enrollment e join assessment a on a.section_id = e.section_id
      where a.id = new.assessment_id and e.student_id = new.student_id
        and (e.status in ('enrolled', 'completed') or exists (select 1 from import_writing))
    );
END;

-- An import asks of every row whether a deleted one has its key.
create index student_number_deleted on student (student_number) where deleted_at is not null;
create index student_email_deleted on student (email) where deleted_at is not null;
create index program_code_deleted on program (code) where deleted_at is not null;
create index course_code_deleted on course (code) where deleted_at is not null;
create index term_code_deleted on term (code) where deleted_at is not null;
create index section_number_deleted on section (course_id, term_id, number) where deleted_at is not null;
create index enrollment_deleted on enrollment (section_id, student_id) where deleted_at is not null;
create index assessment_title_deleted on assessment (section_id, title) where deleted_at is not null;
create index attendance_deleted on attendance (section_id, date, period, student_id) where deleted_at is not null;
