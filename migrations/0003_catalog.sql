-- What is taught: programs, courses, terms and sections. Decimals rest as integers: credits in tenths, percentages in hundredths.

create table program (
  id integer primary key,
  code text not null,
  title text not null,
  title_el text,
  degree text,
  credits_required integer,
  grading_scheme text not null default 'letters',
  repeat_policy text not null default 'best',
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint program_credits_required_range check (credits_required between 0 and 100000),
  constraint program_grading_scheme_known check (grading_scheme in ('letters', 'letters-fine', 'greek-20', 'greek-10')),
  constraint program_repeat_policy_known check (repeat_policy in ('best', 'last', 'average', 'first'))
) strict;

create unique index program_code_live on program (code) where deleted_at is null;
create view live_program as select * from program where deleted_at is null;

create table course (
  id integer primary key,
  code text not null,
  title text not null,
  title_el text,
  credits integer not null,
  program_id integer references program (id),
  absence_penalty integer not null default 0,
  search_text text not null,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint course_code_upper check (code = upper(code)),
  constraint course_credits_range check (credits between 0 and 600),
  constraint course_absence_penalty_range check (absence_penalty between 0 and 10000)
) strict;

create unique index course_code_live on course (code) where deleted_at is null;
create index course_program on course (program_id);
create view live_course as select * from course where deleted_at is null;

create table term (
  id integer primary key,
  code text not null,
  name text not null,
  name_el text,
  start_date text not null,
  end_date text not null,
  status text not null default 'open',
  enrollment_opens_at text,
  enrollment_closes_at text,
  drop_deadline text,
  withdraw_deadline text,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint term_dates_ordered check (end_date > start_date),
  constraint term_status_known check (status in ('open', 'closed')),
  constraint term_enrollment_window_ordered check (enrollment_closes_at > enrollment_opens_at),
  constraint term_deadlines_ordered check (withdraw_deadline >= drop_deadline)
) strict;

create unique index term_code_live on term (code) where deleted_at is null;
create view live_term as select * from term where deleted_at is null;

create table section (
  id integer primary key,
  course_id integer not null references course (id),
  term_id integer not null references term (id),
  number text not null,
  capacity integer not null default 30,
  waitlist_capacity integer not null default 0,
  -- Kept by the triggers of enrollment; the check below is what makes overbooking impossible.
  seats_taken integer not null default 0,
  version integer not null default 1,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  constraint section_capacity_range check (capacity between 0 and 100000),
  constraint section_waitlist_capacity_range check (waitlist_capacity between 0 and 100000),
  constraint section_seats_within_capacity check (seats_taken between 0 and capacity)
) strict;

create unique index section_number_live on section (course_id, term_id, number) where deleted_at is null;
create index section_term on section (term_id);
create view live_section as select * from section where deleted_at is null;

create table section_instructor (
  section_id integer not null references section (id),
  user_id integer not null references user (id),
  primary key (section_id, user_id)
) strict, without rowid;

create index section_instructor_user on section_instructor (user_id);

-- References must be to live rows, when they are made and when they are changed.

create trigger course_program_live before insert on course
when new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'course_program_missing');
END;

create trigger course_program_still_live before update of program_id, deleted_at on course
when new.deleted_at is null and new.program_id is not null and not exists (select 1 from live_program where id = new.program_id)
BEGIN
  select raise(abort, 'course_program_missing');
END;

create trigger section_parents_live before insert on section
BEGIN
  select raise(abort, 'section_course_missing') where not exists (select 1 from live_course where id = new.course_id);
  select raise(abort, 'section_term_missing') where not exists (select 1 from live_term where id = new.term_id);
END;

create trigger section_parents_still_live before update of course_id, term_id, deleted_at on section
when new.deleted_at is null
BEGIN
  select raise(abort, 'section_course_missing') where not exists (select 1 from live_course where id = new.course_id);
  select raise(abort, 'section_term_missing') where not exists (select 1 from live_term where id = new.term_id);
END;

create trigger section_instructor_teaches before insert on section_instructor
when not exists (select 1 from live_user where id = new.user_id and is_active = 1 and role <> 'student')
BEGIN
  select raise(abort, 'section_instructor_missing');
END;

-- What is in use cannot be deleted.

create trigger program_unused before update of deleted_at on program
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'program_in_use') where exists (select 1 from live_course where program_id = old.id);
  select raise(abort, 'program_in_use') where exists (select 1 from live_student where program_id = old.id);
END;

create trigger course_unused before update of deleted_at on course
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_section where course_id = old.id)
BEGIN
  select raise(abort, 'course_in_use');
END;

create trigger term_unused before update of deleted_at on term
when new.deleted_at is not null and old.deleted_at is null and exists (select 1 from live_section where term_id = old.id)
BEGIN
  select raise(abort, 'term_in_use');
END;

create trigger section_unused before update of deleted_at on section
when new.deleted_at is not null and old.deleted_at is null
BEGIN
  select raise(abort, 'section_in_use') where exists (select 1 from live_enrollment where section_id = old.id);
  select raise(abort, 'section_in_use') where exists (select 1 from live_assessment where section_id = old.id);
END;
