-- Who was there: one record for each student, date and period of a section. A date is a calendar date where the institution is.

create table attendance (
  id integer primary key,
  section_id integer not null references section (id),
  student_id integer not null references student (id),
  date text not null,
  period integer not null default 1,
  status text not null,
  note text,
  recorded_by integer references user (id),
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint attendance_date_form check (date is date(date)),
  constraint attendance_period_range check (period between 1 and 24),
  constraint attendance_status_known check (status in ('present', 'absent', 'late', 'excused'))
) strict;

create unique index attendance_live on attendance (section_id, date, period, student_id) where deleted_at is null;
-- Counts by status are read from the index alone, which therefore holds deleted_at, too.
create index attendance_tally on attendance (section_id, student_id, status, deleted_at);
create index attendance_student on attendance (student_id, date);
create view live_attendance as select * from attendance where deleted_at is null;

-- Whoever gave up the seat was in the section all the same: the records of those days can still be corrected.
create trigger attendance_allowed before insert on attendance
BEGIN
  select raise(abort, 'attendance_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'attendance_student_not_enrolled')
    where not exists (
      select 1 from live_enrollment e join live_student s on s.id = e.student_id
      where e.section_id = new.section_id and e.student_id = new.student_id
    );
  select raise(abort, 'attendance_outside_term')
    where not exists (
      select 1 from section s join term t on t.id = s.term_id
      where s.id = new.section_id and new.date between t.start_date and t.end_date
    );
END;

create trigger attendance_still_allowed before update of deleted_at on attendance
when new.deleted_at is null and old.deleted_at is not null
BEGIN
  select raise(abort, 'attendance_section_missing') where not exists (select 1 from live_section where id = new.section_id);
  select raise(abort, 'attendance_student_not_enrolled')
    where not exists (
      select 1 from live_enrollment e join live_student s on s.id = e.student_id
      where e.section_id = new.section_id and e.student_id = new.student_id
    );
END;

create trigger attendance_stays_put before update of section_id, student_id on attendance
when new.section_id <> old.section_id or new.student_id <> old.student_id
BEGIN
  select raise(abort, 'attendance_stays_put');
END;

-- Terms that move later leave the records of the past alone: only a date that is written anew is looked at.
create trigger attendance_moves_within_term before update of date on attendance
when new.date <> old.date
  and not exists (
    select 1 from section s join term t on t.id = s.term_id
    where s.id = new.section_id and new.date between t.start_date and t.end_date
  )
BEGIN
  select raise(abort, 'attendance_outside_term');
END;
