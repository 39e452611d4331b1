-- The code of a program as the areas below the catalog may read it: students are filtered by it.
create view program_key as select id, code_key from program where deleted_at is null;
