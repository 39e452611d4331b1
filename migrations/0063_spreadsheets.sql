-- Every row of an imported file is accounted for, those of empty cells included. What empty cells take away is counted as well, or they are left
-- out. What a row is warned of is kept beside what is wrong with it.

alter table import_job add column blank integer not null default 0;
alter table import_job add column blanks text not null default 'clear' constraint import_job_blanks_known check (blanks in ('clear', 'keep'));
alter table import_job add column cleared integer not null default 0;
alter table import_error add column severity text not null default 'error' constraint import_error_severity_known check (severity in ('error', 'warning'));
