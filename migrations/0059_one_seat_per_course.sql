-- One seat for each student, course and term, whichever way it comes: enrolled or completed is a seat. What was there twice keeps its row (`legacy`),
-- until that is deleted and comes back. Course and term of an enrollment are those of its section, which keeps both as long as it has enrollments.

alter table enrollment add column course_id integer references course (id);
alter table enrollment add column term_id integer references term (id);
alter table enrollment add column legacy integer not null default 0 constraint enrollment_legacy_flag check (legacy in (0, 1));
alter table waitlist_entry add column swap integer not null default 0 constraint waitlist_swap_flag check (swap in (0, 1));
alter table waitlist_entry add column end_reason text constraint waitlist_end_reason_known check (end_reason in ('seated_elsewhere', 'student_left'));

drop view live_enrollment;
create view live_enrollment as select * from enrollment where deleted_at is null;
drop view live_waitlist_entry;
create view live_waitlist_entry as select * from waitlist_entry where deleted_at is null;

update enrollment set (course_id, term_id) = (select course_id, term_id from section s where s.id = enrollment.section_id);
update enrollment set legacy = 1
where status in ('enrolled', 'completed') and deleted_at is null and exists (
  select 1 from enrollment first
  where first.student_id = enrollment.student_id and first.course_id = enrollment.course_id and first.term_id = enrollment.term_id
    and first.status in ('enrolled', 'completed') and first.deleted_at is null and first.id < enrollment.id
);
create unique index enrollment_one_course on enrollment (student_id, course_id, term_id)
where status in ('enrolled', 'completed') and deleted_at is null and legacy = 0;

create trigger enrollment_is_of_course after insert on enrollment
BEGIN
  update enrollment set (course_id, term_id) = (select course_id, term_id from section s where s.id = new.section_id) where id = new.id;
END;

create trigger enrollment_returns_to_course after update of deleted_at on enrollment
when new.deleted_at is null and old.deleted_at is not null
BEGIN
  update enrollment set legacy = 0, (course_id, term_id) = (select course_id, term_id from section s where s.id = new.section_id)
  where id = new.id;
END;

drop trigger section_results_stay_put;
create trigger section_stays_with_course before update of course_id, term_id on section
when new.course_id <> old.course_id or new.term_id <> old.term_id
BEGIN
  select raise(abort, 'section_has_results') where exists (select 1 from live_result where section_id = old.id and state <> 'draft');
  select raise(abort, 'section_stays_with_course') where exists (select 1 from live_enrollment where section_id = old.id);
END;

-- Who waits beside a seat of the same course waits to change the section. A seat ends the other waits for its course, but for those.

update waitlist_entry set swap = 1
where enrollment_id is null and deleted_at is null and exists (
  select 1 from live_enrollment seat join section on section.course_id = seat.course_id and section.term_id = seat.term_id
  where section.id = waitlist_entry.section_id and seat.student_id = waitlist_entry.student_id
    and seat.status in ('enrolled', 'completed')
);

create trigger waitlist_beside_seat before insert on waitlist_entry
when new.swap = 0 and exists (
  select 1 from live_enrollment seat join section on section.course_id = seat.course_id and section.term_id = seat.term_id
  where section.id = new.section_id and seat.section_id <> section.id and seat.student_id = new.student_id
    and seat.status in ('enrolled', 'completed')
)
BEGIN
  select raise(abort, 'waitlist_beside_seat');
END;

create trigger enrollment_ends_other_waits after insert on enrollment
when new.status in ('enrolled', 'completed') and new.deleted_at is null
BEGIN
  update waitlist_entry set deleted_at = new.updated_at, end_reason = 'seated_elsewhere', version = version + 1
  where student_id = new.student_id and swap = 0 and enrollment_id is null and deleted_at is null
    and section_id in (
      select other.id from section own join section other on other.course_id = own.course_id and other.term_id = own.term_id
      where own.id = new.section_id and other.id <> own.id
    );
END;

create trigger enrollment_restored_ends_other_waits after update of deleted_at on enrollment
when new.status in ('enrolled', 'completed') and new.deleted_at is null and old.deleted_at is not null
BEGIN
  update waitlist_entry set deleted_at = new.updated_at, end_reason = 'seated_elsewhere', version = version + 1
  where student_id = new.student_id and swap = 0 and enrollment_id is null and deleted_at is null
    and section_id in (
      select other.id from section own join section other on other.course_id = own.course_id and other.term_id = own.term_id
      where own.id = new.section_id and other.id <> own.id
    );
END;
