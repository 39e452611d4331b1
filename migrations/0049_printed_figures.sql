-- What is printed decides: a value is rounded once, to the step of its scheme, and letter, points and pass follow from it. A result names the
-- scheme it was made by, and a section may have one of its own.

alter table grading_scheme add column step integer not null default 1 constraint scheme_step_known check (step in (1, 5, 10, 25, 50, 100));
alter table grading_scheme add column rounding text not null default 'half_up' constraint scheme_rounding_known check (rounding in ('half_up', 'down'));
alter table grading_scheme add column decimals integer not null default 2 constraint scheme_decimals_range check (decimals between 0 and 2);
alter table grading_scheme add column shows_percent integer not null default 0 constraint scheme_shows_percent_flag check (shows_percent in (0, 1));
update grading_scheme set shows_percent = 1 where scale_max = 100;

alter table section add column grading_scheme text;
alter table result add column scheme_id integer references grading_scheme (id);

drop view live_grading_scheme;
create view live_grading_scheme as select * from grading_scheme where deleted_at is null;
drop view live_section;
create view live_section as select * from section where deleted_at is null;
drop view live_result;
create view live_result as select * from result where deleted_at is null;

-- Bands may carry names for documents. A name grades nobody, so it may change when there are results.
drop trigger scheme_results_stay;
update grading_scheme set bands = (
  select json_group_array(json_insert(b.value,
    '$.name', iif(n.known, '{"excellent":"Excellent","very good":"Very good","good":"Good","fail":"Fail"}' ->> (b.value ->> 'letter'), null),
    '$.name_el', iif(n.known, '{"excellent":"Άριστα","very good":"Λίαν καλώς","good":"Καλώς","fail":"Ανεπιτυχώς"}' ->> (b.value ->> 'letter'), null)
  ) order by b.key)
  from json_each(bands) b, (select code = 'greek-10' and shipped = 1 as known) n
);

-- Results name the scheme that was in force for them; who withdrew has no figures and no scheme.
update result set scheme_id = (
  select g.id from section s join course c on c.id = s.course_id
  left join live_program p on p.id = c.program_id
  join live_grading_scheme g on g.code = coalesce(p.grading_scheme, 'letters')
  where s.id = result.section_id
) where outcome in ('pass', 'fail');

-- Drafts are computed anew from the percentage they have; official results stay as they were issued.
with figures as (
  select r.id, g.bands, (2 * r.percentage * g.scale_max + 100) / 200 as value,
    (2 * r.percentage * g.scale_max + 100) / 200 * (100 / g.scale_max) as percentage
  from live_result r join grading_scheme g on g.id = r.scheme_id where r.state = 'draft'
), graded as (
  select f.id, f.value, f.percentage, b.value ->> 'letter' as letter, b.value ->> 'passing' as passing, b.value ->> 'points' as points,
    row_number() over (partition by f.id order by b.key) as place
  from figures f, json_each(f.bands) b where round((b.value ->> 'minimum') * 100) <= f.percentage
)
update result set value = n.value, percentage = n.percentage, letter = n.letter, outcome = iif(n.passing, 'pass', 'fail'),
  points = coalesce(cast(round(n.points * 100) as integer), (2 * n.percentage + 25) / 50), version = version + 1
from graded n
where n.id = result.id and n.place = 1
  and (result.value, result.percentage, result.letter) is not (n.value, n.percentage, n.letter);

-- A Worker of the version before names no scheme.
create trigger result_names_its_scheme after insert on result
when new.scheme_id is null and new.outcome in ('pass', 'fail')
BEGIN
  update result set scheme_id = (
    select g.id from section s join course c on c.id = s.course_id
    left join live_program p on p.id = c.program_id
    join live_grading_scheme g on g.code = coalesce(p.grading_scheme, 'letters')
    where s.id = new.section_id
  ) where id = new.id;
END;

create trigger result_scheme_stays before update of scheme_id on result
when old.state <> 'draft' and new.scheme_id is not old.scheme_id
BEGIN
  select raise(abort, 'result_is_official');
END;

create trigger scheme_results_stay before update of scale_max, pass_minimum, step, rounding, bands on grading_scheme
when exists (select 1 from live_result where scheme_id = old.id) and (
  (new.scale_max, new.pass_minimum, new.step, new.rounding) <> (old.scale_max, old.pass_minimum, old.step, old.rounding)
  or (select json_group_array(json_remove(b.value, '$.name', '$.name_el') order by b.key) from json_each(new.bands) b)
    <> (select json_group_array(json_remove(b.value, '$.name', '$.name_el') order by b.key) from json_each(old.bands) b)
)
BEGIN
  select raise(abort, 'scheme_has_results');
END;

drop trigger scheme_unused;
create trigger scheme_unused before update of deleted_at on grading_scheme
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'scheme_is_shipped') where old.shipped = 1;
  select raise(abort, 'scheme_in_use') where exists (select 1 from live_program where grading_scheme = old.code)
    or exists (select 1 from live_section where grading_scheme = old.code)
    or exists (select 1 from live_result where scheme_id = old.id);
END;

create trigger section_scheme_live before insert on section
when new.grading_scheme is not null and not exists (select 1 from live_grading_scheme where code = new.grading_scheme)
BEGIN
  select raise(abort, 'section_scheme_missing');
END;

create trigger section_scheme_still_live before update of grading_scheme, deleted_at on section
when new.deleted_at is null and new.grading_scheme is not null
  and not exists (select 1 from live_grading_scheme where code = new.grading_scheme)
BEGIN
  select raise(abort, 'section_scheme_missing');
END;

create index result_scheme on result (scheme_id);
