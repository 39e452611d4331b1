-- When a score was given, apart from whatever else became of its row; and what assessments and categories are found by.

alter table score add column graded_at text not null default '';
alter table assessment add column search_text text not null default '';
alter table assessment_category add column search_text text not null default '';

drop view live_score;
create view live_score as select * from score where deleted_at is null;
drop view live_assessment;
create view live_assessment as select * from assessment where deleted_at is null;
drop view live_assessment_category;
create view live_assessment_category as select * from assessment_category where deleted_at is null;

update score set graded_at = updated_at;
create index score_graded on score (graded_at);

-- A Worker of the version before says no moment.
create trigger score_was_graded after insert on score
when new.graded_at = ''
BEGIN
  update score set graded_at = new.updated_at where id = new.id;
END;
