-- What orders people by their names as a dictionary does, compared byte by byte, and by which rules it was made. SQL knows no Greek letters:
-- the job `order-names` makes the keys of rows that are here already. Until then they are in front, in the order of their names as written.

alter table student add column sort_key text not null default '';
alter table student add column sorted_by text not null default '';
alter table user add column sort_key text not null default '';
alter table user add column sorted_by text not null default '';
alter table application add column sort_key text not null default '';
alter table application add column sorted_by text not null default '';
alter table invitation add column sort_key text not null default '';
alter table invitation add column sorted_by text not null default '';

drop view live_student;
drop view live_user;
drop view live_application;
create view live_student as select * from student where deleted_at is null;
create view live_user as select * from user where deleted_at is null;
create view live_application as select * from application where deleted_at is null;

drop index student_name;
create index student_name on student (sort_key, trim(last_name || ' ' || first_name), id) where deleted_at is null;
create index student_last_name on student (substr(sort_key, 1, instr(sort_key, char(31)) - 1), substr(sort_key, instr(sort_key, char(31)) + 1),
  trim(last_name || ' ' || first_name), id) where deleted_at is null;
create index user_name on user (sort_key, full_name, id) where deleted_at is null;
-- By these the job finds what is left to do.
create index student_sorted_by on student (sorted_by);
create index user_sorted_by on user (sorted_by);
create index application_sorted_by on application (sorted_by);
create index invitation_sorted_by on invitation (sorted_by);
