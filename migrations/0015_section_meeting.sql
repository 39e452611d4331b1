-- When and where a section meets, every week of its term. Times are local, HH:MM, and compare as text.

create table section_meeting (
  section_id integer not null references section (id),
  weekday integer not null,
  starts text not null,
  ends text not null,
  room text,
  primary key (section_id, weekday, starts),
  constraint section_meeting_weekday_range check (weekday between 1 and 7),
  constraint section_meeting_times check (starts glob '[0-2][0-9]:[0-5][0-9]' and ends glob '[0-2][0-9]:[0-5][0-9]'),
  constraint section_meeting_ordered check (ends > starts)
) strict, without rowid;
