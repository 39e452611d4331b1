-- An act leaves one audit row, and rows that it changes besides have one each in their own history: their summary is `#` and the id of the act's row.
-- What a batch has changed is what the row of its act names.

drop view written_entity;
create view written_act as
  select coalesce(
    (select audit_id from write_recovery),
    (select id from audit_log where summary is null or summary not glob '#[0-9]*' order by id desc limit 1)
  ) as id;
create view written_entity as
  select entity_id from audit_log where id = (select id from written_act);
