-- What an area asks of the tables of areas above it. The asking area declares the view and names no other table of theirs.

-- Whom an account teaches, or taught.
create view taught_student as
  select seat.student_id, instructor.user_id
  from live_enrollment seat join section_instructor instructor on instructor.section_id = seat.section_id;

-- What a student has passed, officially, and how well.
create view passed_course as
  select result.student_id, section.course_id, result.percentage
  from live_result result join section on section.id = result.section_id
  where result.state <> 'draft' and result.outcome = 'pass';

-- Where a student has an official result, whatever it is.
create view graded_seat as
  select student_id, section_id from live_result where state <> 'draft';
