-- Grading schemes are data: where each letter begins, what it is worth, what passes. Bands are JSON, from the top down, with minimums in
-- percent; the pass mark rests in hundredths.

create table grading_scheme (
  id integer primary key,
  code text not null,
  scale_max integer not null,
  pass_minimum integer not null,
  shipped integer not null default 0,
  bands text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint scheme_scale_known check (scale_max in (100, 20, 10)),
  constraint scheme_pass_minimum_range check (pass_minimum between 0 and 10000),
  constraint scheme_shipped_flag check (shipped in (0, 1)),
  constraint scheme_bands_json check (json_valid(bands) and json_type(bands) = 'array')
) strict;

create unique index grading_scheme_code_live on grading_scheme (code) where deleted_at is null;
create view live_grading_scheme as select * from grading_scheme where deleted_at is null;

insert into grading_scheme (code, scale_max, pass_minimum, shipped, bands, created_at, updated_at) values
  ('letters', 100, 6000, 1, '[{"minimum":90,"letter":"A+","points":null,"passing":true},{"minimum":85,"letter":"A","points":null,"passing":true},{"minimum":80,"letter":"B+","points":null,"passing":true},{"minimum":75,"letter":"B","points":null,"passing":true},{"minimum":70,"letter":"C+","points":null,"passing":true},{"minimum":65,"letter":"C","points":null,"passing":true},{"minimum":60,"letter":"D","points":null,"passing":true},{"minimum":0,"letter":"F","points":null,"passing":false}]', '2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z'),
  ('letters-fine', 100, 6000, 1, '[{"minimum":97,"letter":"A+","points":null,"passing":true},{"minimum":93,"letter":"A","points":null,"passing":true},{"minimum":90,"letter":"A-","points":null,"passing":true},{"minimum":87,"letter":"B+","points":null,"passing":true},{"minimum":83,"letter":"B","points":null,"passing":true},{"minimum":80,"letter":"B-","points":null,"passing":true},{"minimum":77,"letter":"C+","points":null,"passing":true},{"minimum":70,"letter":"C","points":null,"passing":true},{"minimum":60,"letter":"D","points":null,"passing":true},{"minimum":0,"letter":"F","points":null,"passing":false}]', '2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z'),
  ('greek-20', 20, 5000, 1, '[{"minimum":90,"letter":"A","points":null,"passing":true},{"minimum":75,"letter":"B","points":null,"passing":true},{"minimum":60,"letter":"C","points":null,"passing":true},{"minimum":50,"letter":"D","points":null,"passing":true},{"minimum":0,"letter":"F","points":null,"passing":false}]', '2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z'),
  ('greek-10', 10, 5000, 1, '[{"minimum":85,"letter":"excellent","points":null,"passing":true},{"minimum":65,"letter":"very good","points":null,"passing":true},{"minimum":50,"letter":"good","points":null,"passing":true},{"minimum":0,"letter":"fail","points":null,"passing":false}]', '2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z');

-- The check that knew only these four cannot be dropped, so it stays behind on the old column, which nobody writes any more. A column of
-- the same name takes its place, so that a Worker of the version before reads and writes the right one.
alter table program rename column grading_scheme to shipped_scheme;
alter table program add column grading_scheme text not null default 'letters';
update program set grading_scheme = shipped_scheme;
drop view live_program;
create view live_program as select * from program where deleted_at is null;

create trigger program_scheme_live before insert on program
when not exists (select 1 from live_grading_scheme where code = new.grading_scheme)
BEGIN
  select raise(abort, 'program_scheme_missing');
END;

create trigger program_scheme_still_live before update of grading_scheme, deleted_at on program
when new.deleted_at is null and not exists (select 1 from live_grading_scheme where code = new.grading_scheme)
BEGIN
  select raise(abort, 'program_scheme_missing');
END;

create trigger scheme_unused before update of deleted_at on grading_scheme
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'scheme_is_shipped') where old.shipped = 1;
  select raise(abort, 'scheme_in_use') where exists (select 1 from live_program where grading_scheme = old.code);
END;

create trigger scheme_code_stays before update of code, shipped on grading_scheme
when new.code <> old.code or new.shipped <> old.shipped
BEGIN
  select raise(abort, 'scheme_code_fixed');
END;

-- Results carry letters and values of the scheme, so it means the same from the first of them on.
create trigger scheme_results_stay before update of scale_max, pass_minimum, bands on grading_scheme
when (new.scale_max <> old.scale_max or new.pass_minimum <> old.pass_minimum or new.bands <> old.bands)
  and exists (
    select 1 from live_result r join section s on s.id = r.section_id join course c on c.id = s.course_id
    left join live_program p on p.id = c.program_id
    where coalesce(p.grading_scheme, 'letters') = old.code
  )
BEGIN
  select raise(abort, 'scheme_has_results');
END;
