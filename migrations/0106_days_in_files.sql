-- How an imported file writes its days: as 2026-03-25, or as 25/03/2026.

alter table import_job add column dates text not null default 'iso' constraint import_job_dates_known check (dates in ('iso', 'dmy'));
