-- Other lists by what people combine, and in the orders in which apps ask for what has changed.
create index result_of_section on result (section_id, state) where deleted_at is null;
create index result_updated on result (updated_at, id) where deleted_at is null;
create index score_updated on score (updated_at, id) where deleted_at is null;
create index attendance_updated on attendance (updated_at, id) where deleted_at is null;
create index attendance_date on attendance (date, id) where deleted_at is null;

drop index service_request_status;
create index service_request_status on service_request (status, created_at, id) where deleted_at is null;
create index service_request_type on service_request (type, created_at, id) where deleted_at is null;
create index service_request_updated on service_request (updated_at, id) where deleted_at is null;

drop index application_program;
drop index application_term;
drop index application_status;
create index application_program on application (program_id, created_at, id);
create index application_term on application (term_id, created_at, id);
create index application_status on application (status, created_at, id) where deleted_at is null;
create index application_name on application (sort_key, trim(last_name || ' ' || first_name), id) where deleted_at is null;
create index application_updated on application (updated_at, id) where deleted_at is null;

create index user_created on user (created_at, id) where deleted_at is null;
create index user_role on user (role, sort_key, full_name, id) where deleted_at is null;
create index audit_log_action on audit_log (action);
create index transcript_job_status on transcript_job (status, created_at, id);
create index result_change_created on result_change (created_at, id);
create index result_change_status on result_change (status);
create index section_created on section (created_at, id) where deleted_at is null;
