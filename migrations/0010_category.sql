-- Groups of graded work in a section: "homework, 30 percent, the worst one dropped". Weights rest in hundredths. A section that has
-- categories is weighed by them; the weights of the assessments inside one are relative. A section without any stays as it was.

create table assessment_category (
  id integer primary key,
  section_id integer not null references section (id),
  name text not null,
  name_el text,
  weight integer not null,
  aggregation text not null,
  drop_lowest integer not null default 0,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint category_weight_range check (weight between 0 and 10000),
  constraint category_aggregation_known check (aggregation in ('weighted', 'mean', 'latest')),
  constraint category_drop_lowest_range check (drop_lowest between 0 and 1000)
) strict;

create unique index assessment_category_name_live on assessment_category (section_id, name) where deleted_at is null;
create view live_assessment_category as select * from assessment_category where deleted_at is null;

alter table assessment add column category_id integer references assessment_category (id);
create index assessment_of_category on assessment (category_id);
drop view live_assessment;
create view live_assessment as select * from assessment where deleted_at is null;

create trigger category_allowed before insert on assessment_category
BEGIN
  select raise(abort, 'category_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'category_weights_exceeded')
    where new.weight + (select coalesce(sum(weight), 0) from live_assessment_category where section_id = new.section_id) > 10000;
END;

create trigger category_still_allowed before update of weight, deleted_at, section_id on assessment_category
when new.deleted_at is null
BEGIN
  select raise(abort, 'category_stays_put') where new.section_id <> old.section_id;
  select raise(abort, 'category_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'category_weights_exceeded')
    where new.weight
      + (select coalesce(sum(weight), 0) from live_assessment_category where section_id = new.section_id and id <> new.id) > 10000;
END;

create trigger category_unused before update of deleted_at on assessment_category
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_assessment where category_id = old.id)
BEGIN
  select raise(abort, 'category_has_assessments');
END;

-- Beside the trigger section_unused, which knows enrollments and assessments.
create trigger section_uncategorized before update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_assessment_category where section_id = old.id)
BEGIN
  select raise(abort, 'section_in_use');
END;

-- Anew: the limit of 100 is for assessments without a category, and a category is one of the same section.

drop trigger assessment_allowed;
create trigger assessment_allowed before insert on assessment
BEGIN
  select raise(abort, 'assessment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'assessment_category_missing')
    where new.category_id is not null
      and not exists (select 1 from live_assessment_category where id = new.category_id and section_id = new.section_id);
  select raise(abort, 'assessment_weights_exceeded')
    where new.category_id is null and new.weight
      + (select coalesce(sum(weight), 0) from live_assessment where section_id = new.section_id and category_id is null) > 10000;
END;

drop trigger assessment_still_allowed;
create trigger assessment_still_allowed before update of weight, max_score, deleted_at, section_id, category_id on assessment
when new.deleted_at is null
BEGIN
  select raise(abort, 'assessment_stays_put') where new.section_id <> old.section_id;
  select raise(abort, 'assessment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'assessment_category_missing')
    where new.category_id is not null
      and not exists (select 1 from live_assessment_category where id = new.category_id and section_id = new.section_id);
  select raise(abort, 'assessment_weights_exceeded')
    where new.category_id is null and new.weight
      + (select coalesce(sum(weight), 0) from live_assessment
          where section_id = new.section_id and category_id is null and id <> new.id) > 10000;
  select raise(abort, 'assessment_max_below_score')
    where exists (select 1 from live_score where assessment_id = new.id and score > new.max_score);
END;

-- Anew: where there are categories they make the 100, each has work that counts, and no work is outside of them.

drop trigger result_weights_complete;
create trigger result_weights_complete before update of state on result
when new.state = 'published' and old.state = 'draft'
BEGIN
  select raise(abort, 'result_weights_incomplete')
    where coalesce(
      (select sum(weight) from live_assessment_category where section_id = new.section_id),
      (select sum(weight) from live_assessment where section_id = new.section_id),
      0) <> 10000;
  select raise(abort, 'result_categories_incomplete')
    where exists (
      select 1 from live_assessment_category c
      where c.section_id = new.section_id and not exists (
        select 1 from live_assessment a where a.category_id = c.id and (c.aggregation <> 'weighted' or a.weight > 0)
      )
    );
  select raise(abort, 'result_categories_incomplete')
    where exists (select 1 from live_assessment where section_id = new.section_id and category_id is null)
      and exists (select 1 from live_assessment_category where section_id = new.section_id);
END;
