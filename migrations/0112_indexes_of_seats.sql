-- Lists of enrollments by what people combine, and by the day.
create index enrollment_of_course on enrollment (course_id);
create index enrollment_of_term on enrollment (term_id);
create index enrollment_of_term_course on enrollment (term_id, course_id);
create index enrollment_at on enrollment (enrolled_at, id) where deleted_at is null;
