-- Every row of an imported file is accounted for, those of empty cells included.

alter table import_job add column blank integer not null default 0;
