-- The official outcome of a student in a section. Once published it changes only through a change request, and never goes away.

create table result (
  id integer primary key,
  student_id integer not null references student (id),
  section_id integer not null references section (id),
  state text not null default 'draft',
  outcome text not null,
  percentage integer not null,
  letter text not null,
  points integer not null,
  value integer not null,
  credits integer not null,
  published_at text,
  published_by integer references user (id),
  frozen_at text,
  frozen_by integer references user (id),
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint result_state_known check (state in ('draft', 'published', 'frozen')),
  constraint result_outcome_known check (outcome in ('graded', 'incomplete', 'withdrawn', 'pass', 'fail')),
  constraint result_percentage_range check (percentage between 0 and 10000),
  constraint result_points_range check (points between 0 and 1000),
  constraint result_credits_range check (credits between 0 and 600),
  constraint result_published_when check ((published_at is null) = (state = 'draft')),
  constraint result_frozen_when check ((frozen_at is null) = (state <> 'frozen'))
) strict;

create unique index result_live on result (section_id, student_id) where deleted_at is null;
create index result_student on result (student_id, state);
create view live_result as select * from result where deleted_at is null;

create trigger result_starts_as_draft before insert on result
when new.state <> 'draft'
BEGIN
  select raise(abort, 'result_state_edge');
END;

create trigger result_state_edges before update of state on result
when new.state <> old.state and (old.state, new.state) not in (values ('draft', 'published'), ('published', 'frozen'))
BEGIN
  select raise(abort, 'result_state_edge');
END;

create trigger result_is_official before update of student_id, section_id, outcome, percentage, letter, points, value, credits, published_at, published_by, deleted_at
on result
when old.state <> 'draft'
BEGIN
  select raise(abort, 'result_is_official');
END;

create trigger result_is_kept before delete on result
BEGIN
  select raise(abort, 'result_is_official');
END;

-- The official record names course and term: a section with published results stays where it is.
create trigger section_results_stay_put before update of course_id, term_id on section
when (new.course_id <> old.course_id or new.term_id <> old.term_id)
  and exists (select 1 from live_result where section_id = old.id and state <> 'draft')
BEGIN
  select raise(abort, 'section_has_results');
END;

create trigger result_weights_complete before update of state on result
when new.state = 'published' and old.state = 'draft'
  and (select coalesce(sum(weight), 0) from live_assessment where section_id = new.section_id) <> 10000
BEGIN
  select raise(abort, 'result_weights_incomplete');
END;
