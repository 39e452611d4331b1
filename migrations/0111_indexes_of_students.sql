-- What people combine in lists, each index in the order in which the list shows it.
drop index student_program;
create index student_program on student (program_id, sort_key, trim(last_name || ' ' || first_name), id);
create index student_program_status on student (program_id, status, sort_key, trim(last_name || ' ' || first_name), id)
where deleted_at is null;
create index student_status on student (status, sort_key, trim(last_name || ' ' || first_name), id) where deleted_at is null;
create index student_created on student (created_at, id) where deleted_at is null;
