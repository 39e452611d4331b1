-- A program names its degree in both languages.

alter table program add column degree_el text;
drop view live_program;
create view live_program as select * from program where deleted_at is null;
