-- A student may be removed from the register, which is one more way to leave. The check that knew only the others cannot be dropped, so it stays
-- behind on the old column, which nobody writes any more; a column of the same name takes its place.

drop trigger student_graduates;
drop trigger student_leaves;
alter table student rename column status to first_status;
alter table student add column status text not null default 'active';
update student set status = first_status;
drop view live_student;
create view live_student as select * from student where deleted_at is null;

create trigger student_status_known before insert on student
when new.status not in ('active', 'on_leave', 'suspended', 'graduated', 'withdrawn', 'removed')
BEGIN
  select raise(abort, 'student_status_known');
END;

create trigger student_status_still_known before update of status on student
when new.status not in ('active', 'on_leave', 'suspended', 'graduated', 'withdrawn', 'removed')
BEGIN
  select raise(abort, 'student_status_known');
END;

create trigger student_leaves before update of status on student
when new.status in ('on_leave', 'withdrawn', 'removed') and old.status not in ('on_leave', 'withdrawn', 'removed')
BEGIN
  update waitlist_entry set deleted_at = new.updated_at, end_reason = 'student_left', version = version + 1
  where student_id = new.id and enrollment_id is null and deleted_at is null;
END;

create trigger student_graduates before update of status on student
when new.status = 'graduated' and old.status <> 'graduated' and exists (select 1 from open_seat where student_id = new.id)
BEGIN
  select raise(abort, 'student_has_open_seats');
END;

-- What was there before a rule and breaks it: it stays, and is listed here until somebody puts it right. `id` is that of the row, whose table the
-- kind says; `params` are what a sentence about it names. A SELECT has five parts at most.
create view legacy_finding as
  select * from (
    select 'second_seat' as kind, seat.id, json_object('student', student_number, 'course', section.code, 'section', section.number, 'term', term.code) as params
    from live_enrollment seat join live_student student on student.id = seat.student_id
    join section on section.id = seat.section_id join term on term.id = seat.term_id
    where seat.legacy = 1 and seat.status in ('enrolled', 'completed') and exists (
      select 1 from live_enrollment other
      where other.student_id = seat.student_id and other.course_id = seat.course_id and other.term_id = seat.term_id and other.id <> seat.id
        and other.status in ('enrolled', 'completed')
    )
    union all
    select 'leaver_seat', seat.id, json_object('student', student_number, 'status', student.status, 'course', section.code, 'section', section.number, 'term', term.code)
    from open_seat seat join live_student student on student.id = seat.student_id
    join section on section.id = seat.section_id join term on term.id = section.term_id
    where student.status in ('on_leave', 'withdrawn', 'removed', 'graduated') and not exists (
      select 1 from enrollment_override where student_id = student.id and check_code = 'STUDENT_NOT_ACTIVE'
    )
    union all
    select 'uncarried_work', seat.id, json_object('student', student_number, 'course', section.code, 'section', section.number, 'term', term.code, 'count', count(*))
    from live_enrollment seat join live_student student on student.id = seat.student_id
    join live_enrollment next on next.id = seat.transferred_to and next.status = 'enrolled'
    join section on section.id = next.section_id join term on term.id = section.term_id
    join transferable_score work on work.student_id = seat.student_id and work.section_id = next.section_id
      and work.from_section_id = seat.section_id and work.reason is null
    where seat.end_reason = 'transferred' group by seat.id
  )
  union all
  select * from (
    select 'twin_student' as kind, twin.id, json_object('code', twin.student_number, 'other', min(other.student_number)) as params
    from live_student twin join live_student other on other.number_key = twin.number_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
    union all
    select 'twin_program', twin.id, json_object('code', twin.code, 'other', min(other.code))
    from live_program twin join live_program other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
    union all
    select 'twin_course', twin.id, json_object('code', twin.code, 'other', min(other.code))
    from live_course twin join live_course other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
    union all
    select 'twin_term', twin.id, json_object('code', twin.code, 'other', min(other.code))
    from live_term twin join live_term other on other.code_key = twin.code_key and other.id <> twin.id where twin.legacy = 1 group by twin.id
  )
  union all
  select 'result_rounding', id, json_object('student', student_number, 'course', code, 'term', term, 'issued', issued / 100.0, 'letter', letter,
    'today', today / 100.0, 'letter_today', band ->> 'letter')
  from (
    select result.id, student_number, result.code, term.code as term, result.percentage as issued, result.letter, result.outcome,
      result.value * (100 / scheme.scale_max) as today, (
        select band.value from json_each(scheme.bands) band
        where round((band.value ->> 'minimum') * 100) <= result.value * (100 / scheme.scale_max) order by band.key limit 1
      ) as band
    from live_result result join grading_scheme scheme on scheme.id = result.scheme_id join live_student student on student.id = result.student_id
    join section on section.id = result.section_id join term on term.id = section.term_id
    where result.state <> 'draft' and result.outcome in ('pass', 'fail')
  )
  where (issued, letter, outcome) is not (today, band ->> 'letter', iif(band ->> 'passing', 'pass', 'fail'))
  union all
  select iif(code is null, 'birth_date', 'term_dates'), id, json_object('student', student_number, 'term', code) from (
    select id, student_number, null as code from live_student
    where date_of_birth < '1900-01-01' or date_of_birth > date(enrollment_date, '-12 years')
    union all
    select id, null, code from live_term
    where julianday(end_date) - julianday(start_date) >= 400 or drop_deadline not between start_date and end_date
      or withdraw_deadline not between start_date and end_date or date(enrollment_opens_at, '-12 hours') > end_date
      or date(enrollment_closes_at, '-12 hours') > end_date
  )
  union all
  select 'raised_capacity', section.id, json_object('course', section.code, 'section', section.number, 'term', term.code, 'before', capacity_before, 'now', capacity)
  from live_section section join term on term.id = section.term_id where capacity > capacity_before;
