-- When a student was in a section: local dates of the institution, both inclusive, from the first day on that the registry or an import says, else
-- from the term's start or the day of enrolling, to the day of leaving. What is not set bounds nothing.

alter table enrollment add column member_from text;
alter table enrollment add column member_until text constraint enrollment_membership_ordered check (member_from <= member_until);

drop view live_enrollment;
create view live_enrollment as select * from enrollment where deleted_at is null;

-- What was recorded before stays counted: the first seat of a student in a section reaches back to the term's start, or to a record before it; a
-- seat that was given up ends on the local day. An instant is of one of two local days, depending on the place: of these the one that has a record.
update enrollment set member_from = min(known.since, coalesce(known.until, known.since)), member_until = known.until
from (
  select e.id,
    iif(exists (select 1 from live_enrollment before where before.section_id = e.section_id and before.student_id = e.student_id and before.id < e.id),
      coalesce((select min(a.date) from live_attendance a where a.section_id = e.section_id and a.student_id = e.student_id
        and a.date between date(e.enrolled_at, '-12 hours') and date(e.enrolled_at)), date(e.enrolled_at)),
      coalesce((select min(a.date) from live_attendance a where a.section_id = e.section_id and a.student_id = e.student_id
        and a.date < term.start_date), term.start_date)) as since,
    iif(e.status in ('dropped', 'withdrawn'),
      coalesce((select max(a.date) from live_attendance a where a.section_id = e.section_id and a.student_id = e.student_id
        and a.date between date(e.ended_at) and date(e.ended_at, '+14 hours')), date(e.ended_at)), null) as until
  from enrollment e join section on section.id = e.section_id join term on term.id = section.term_id
) known where known.id = enrollment.id;

create index enrollment_member on enrollment (section_id, student_id, member_from, member_until) where deleted_at is null;

-- Which sections took a roll, for those who enroll later.
create view roll_call as select section_id, date from live_attendance;

-- Whoever writes a seat says these days where the institution is. What says none, such as a file, has them from its instants.
create trigger enrollment_begins_membership after insert on enrollment
when new.member_from is null or (new.member_until is null and new.status in ('dropped', 'withdrawn'))
BEGIN
  update enrollment set member_until = iif(status in ('dropped', 'withdrawn'), coalesce(member_until, date(ended_at)), member_until),
    member_from = coalesce(member_from, min(date(enrolled_at), coalesce(member_until, iif(status in ('dropped', 'withdrawn'), date(ended_at), null), date(enrolled_at))))
  where id = new.id;
END;

create trigger enrollment_ends_membership after update of status on enrollment
when new.status in ('dropped', 'withdrawn') and new.member_until is null
BEGIN
  update enrollment set member_until = date(ended_at), member_from = min(member_from, date(ended_at)) where id = new.id;
END;

-- Who is in a section since the term's start is so when the term starts earlier; when it starts later, what was recorded stays counted.
create trigger term_moves_membership after update of start_date on term
when new.start_date < old.start_date
BEGIN
  update enrollment set member_from = new.start_date, version = version + 1, updated_at = new.updated_at
  where section_id in (select id from section where term_id = new.id) and member_from = old.start_date and deleted_at is null;
END;

-- A record is of a day on which the student was in the section. Those of before stay, and are not counted.
create trigger attendance_within_membership before insert on attendance
when exists (select 1 from live_enrollment where section_id = new.section_id and student_id = new.student_id)
  and not exists (
    select 1 from live_enrollment
    where section_id = new.section_id and student_id = new.student_id
      and new.date between coalesce(member_from, '') and coalesce(member_until, '9999')
  )
BEGIN
  select raise(abort, 'attendance_within_membership');
END;

create trigger attendance_moves_within_membership before update of date on attendance
when new.date <> old.date
  and not exists (
    select 1 from live_enrollment
    where section_id = new.section_id and student_id = new.student_id
      and new.date between coalesce(member_from, '') and coalesce(member_until, '9999')
  )
BEGIN
  select raise(abort, 'attendance_within_membership');
END;

-- Counts by status are read from the index alone, by days.
drop index attendance_tally;
create index attendance_tally on attendance (section_id, student_id, status, date, deleted_at);
