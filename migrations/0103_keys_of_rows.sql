-- What is asked of rows that an area below does not know: whether they are there, and take new ones.
drop view program_key;
create view program_key as select id, code_key, archived_at from program where deleted_at is null;
create view student_key as select id from student where deleted_at is null;
