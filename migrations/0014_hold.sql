-- What keeps a student from enrolling, from a transcript or from graduating, until its office releases it or its last day is over.

create table hold (
  id integer primary key,
  student_id integer not null references student (id),
  kind text not null,
  blocks text not null,
  office text not null,
  reason text not null,
  starts_on text not null,
  ends_on text,
  placed_by integer references user (id),
  released_at text,
  released_by integer references user (id),
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint hold_kind_known check (kind in ('financial', 'academic', 'administrative', 'disciplinary')),
  constraint hold_blocks_something check (json_array_length(blocks) > 0),
  constraint hold_days_ordered check (ends_on >= starts_on)
) strict;

create index hold_student on hold (student_id) where released_at is null;
create view live_hold as select * from hold where deleted_at is null;

create trigger hold_student_live before insert on hold
when not exists (select 1 from live_student where id = new.student_id)
BEGIN
  select raise(abort, 'hold_student_missing');
END;

create trigger hold_release_is_final before update of released_at on hold
when old.released_at is not null
BEGIN
  select raise(abort, 'hold_is_released');
END;
