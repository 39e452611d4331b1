-- What is graded in a section, and how each student did. Weights, maxima and scores rest in hundredths.

create table assessment (
  id integer primary key,
  section_id integer not null references section (id),
  type text not null,
  title text not null,
  title_el text,
  weight integer not null,
  max_score integer not null,
  due_at text,
  released integer not null default 0,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint assessment_type_known check (type in ('midterm', 'final', 'quiz', 'assignment', 'project')),
  constraint assessment_weight_range check (weight between 0 and 10000),
  constraint assessment_max_score_range check (max_score between 1 and 10000000),
  constraint assessment_released_flag check (released in (0, 1))
) strict;

create index assessment_section on assessment (section_id);
create view live_assessment as select * from assessment where deleted_at is null;

create table score (
  id integer primary key,
  assessment_id integer not null references assessment (id),
  student_id integer not null references student (id),
  score integer,
  state text not null,
  graded_by integer references user (id),
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint score_not_negative check (score >= 0),
  constraint score_state_known check (state in ('graded', 'missing', 'excused', 'exempt', 'banked')),
  constraint score_matches_state check ((score is not null) = (state in ('graded', 'banked')))
) strict;

create unique index score_live on score (assessment_id, student_id) where deleted_at is null;
create index score_student on score (student_id);
create view live_score as select * from score where deleted_at is null;

create trigger assessment_allowed before insert on assessment
BEGIN
  select raise(abort, 'assessment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'assessment_weights_exceeded')
    where new.weight + (select coalesce(sum(weight), 0) from live_assessment where section_id = new.section_id) > 10000;
END;

create trigger assessment_still_allowed before update of weight, max_score, deleted_at, section_id on assessment
when new.deleted_at is null
BEGIN
  select raise(abort, 'assessment_stays_put') where new.section_id <> old.section_id;
  select raise(abort, 'assessment_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'assessment_weights_exceeded')
    where new.weight
      + (select coalesce(sum(weight), 0) from live_assessment where section_id = new.section_id and id <> new.id) > 10000;
  select raise(abort, 'assessment_max_below_score')
    where exists (select 1 from live_score where assessment_id = new.id and score > new.max_score);
END;

create trigger assessment_ungraded before update of deleted_at on assessment
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_score where assessment_id = old.id)
BEGIN
  select raise(abort, 'assessment_has_scores');
END;

create trigger score_allowed before insert on score
BEGIN
  select raise(abort, 'score_assessment_missing') where not exists (select 1 from live_assessment where id = new.assessment_id);
  select raise(abort, 'score_above_max') where new.score > (select max_score from assessment where id = new.assessment_id);
  select raise(abort, 'score_student_not_enrolled')
    where not exists (
      select 1 from live_enrollment e join assessment a on a.section_id = e.section_id
      where a.id = new.assessment_id and e.student_id = new.student_id and e.status in ('enrolled', 'completed')
    );
END;

create trigger score_still_allowed before update of score on score
when new.score > (select max_score from assessment where id = new.assessment_id)
BEGIN
  select raise(abort, 'score_above_max');
END;
