-- When preferences were first saved. Of those of before the latest change is what is known.
alter table preference add column created_at text not null default '';
update preference set created_at = updated_at;
