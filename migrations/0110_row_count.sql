-- How many rows the tables have that lists show and that grow, deleted ones left out: a total need not count a million. Triggers keep it. A restore
-- empties it, and the job `count-rows` counts anew; a table that is not in it is counted by whoever asks.
create table row_count (
  counted text not null,
  rows integer not null,
  primary key (counted)
) strict, without rowid;

insert into row_count select 'student', count(*) from student where deleted_at is null;
create trigger student_counted_in after insert on student when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'student';
END;
create trigger student_counted_anew after update of deleted_at on student when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'student';
END;
create trigger student_counted_out after delete on student when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'student';
END;

insert into row_count select 'user', count(*) from user where deleted_at is null;
create trigger user_counted_in after insert on user when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'user';
END;
create trigger user_counted_anew after update of deleted_at on user when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'user';
END;
create trigger user_counted_out after delete on user when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'user';
END;

insert into row_count select 'application', count(*) from application where deleted_at is null;
create trigger application_counted_in after insert on application when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'application';
END;
create trigger application_counted_anew after update of deleted_at on application when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'application';
END;
create trigger application_counted_out after delete on application when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'application';
END;

insert into row_count select 'section', count(*) from section where deleted_at is null;
create trigger section_counted_in after insert on section when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'section';
END;
create trigger section_counted_anew after update of deleted_at on section when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'section';
END;
create trigger section_counted_out after delete on section when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'section';
END;

insert into row_count select 'enrollment', count(*) from enrollment where deleted_at is null;
create trigger enrollment_counted_in after insert on enrollment when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'enrollment';
END;
create trigger enrollment_counted_anew after update of deleted_at on enrollment when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'enrollment';
END;
create trigger enrollment_counted_out after delete on enrollment when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'enrollment';
END;

insert into row_count select 'assessment', count(*) from assessment where deleted_at is null;
create trigger assessment_counted_in after insert on assessment when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'assessment';
END;
create trigger assessment_counted_anew after update of deleted_at on assessment when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'assessment';
END;
create trigger assessment_counted_out after delete on assessment when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'assessment';
END;

insert into row_count select 'score', count(*) from score where deleted_at is null;
create trigger score_counted_in after insert on score when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'score';
END;
create trigger score_counted_anew after update of deleted_at on score when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'score';
END;
create trigger score_counted_out after delete on score when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'score';
END;

insert into row_count select 'result', count(*) from result where deleted_at is null;
create trigger result_counted_in after insert on result when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'result';
END;
create trigger result_counted_anew after update of deleted_at on result when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'result';
END;
create trigger result_counted_out after delete on result when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'result';
END;

insert into row_count select 'attendance', count(*) from attendance where deleted_at is null;
create trigger attendance_counted_in after insert on attendance when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'attendance';
END;
create trigger attendance_counted_anew after update of deleted_at on attendance when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'attendance';
END;
create trigger attendance_counted_out after delete on attendance when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'attendance';
END;

insert into row_count select 'service_request', count(*) from service_request where deleted_at is null;
create trigger service_request_counted_in after insert on service_request when new.deleted_at is null
BEGIN
  update row_count set rows = rows + 1 where counted = 'service_request';
END;
create trigger service_request_counted_anew after update of deleted_at on service_request when (new.deleted_at is null) <> (old.deleted_at is null)
BEGIN
  update row_count set rows = rows + iif(new.deleted_at is null, 1, -1) where counted = 'service_request';
END;
create trigger service_request_counted_out after delete on service_request when old.deleted_at is null
BEGIN
  update row_count set rows = rows - 1 where counted = 'service_request';
END;

insert into row_count select 'audit_log', count(*) from audit_log;
create trigger audit_log_counted_in after insert on audit_log
BEGIN
  update row_count set rows = rows + 1 where counted = 'audit_log';
END;
create trigger audit_log_counted_out after delete on audit_log
BEGIN
  update row_count set rows = rows - 1 where counted = 'audit_log';
END;

insert into row_count select 'transcript_job', count(*) from transcript_job;
create trigger transcript_job_counted_in after insert on transcript_job
BEGIN
  update row_count set rows = rows + 1 where counted = 'transcript_job';
END;
create trigger transcript_job_counted_out after delete on transcript_job
BEGIN
  update row_count set rows = rows - 1 where counted = 'transcript_job';
END;
