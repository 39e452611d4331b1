-- A result becomes official as the work says at that moment. A draft keeps what the work said when its figures were made; it is published while the
-- work says the same. Drafts of before keep nothing, and are computed anew before they are published.

alter table result add column basis text;
drop view live_result;
create view live_result as select * from result where deleted_at is null;

-- Everything that the figures of a student in a section are made of, and nothing else: grading scheme, what an absence costs, categories, assessments
-- in the order of their days with the student's scores, attendance where it counts.
create view result_basis as
  select seat.section_id, seat.student_id, json_array(
    coalesce(
      s.grading_scheme,
      (select grading_scheme from live_program where id = c.program_id),
      (select grading_scheme from live_program where id = who.program_id)
    ),
    coalesce(s.absence_penalty, c.absence_penalty),
    json((
      select json_group_array(json_array(id, kind, weight, aggregation, drop_lowest) order by id)
      from live_assessment_category where section_id = seat.section_id
    )),
    json((
      select json_group_array(
        json_array(a.id, a.category_id, a.weight, a.max_score, coalesce(mark.state, 'missing'), mark.score) order by a.due_at, a.id
      )
      from live_assessment a left join live_score mark on mark.assessment_id = a.id and mark.student_id = seat.student_id
      where a.section_id = seat.section_id
    )),
    iif(
      coalesce(s.absence_penalty, c.absence_penalty) > 0
        or exists (select 1 from live_assessment_category where section_id = seat.section_id and kind = 'attendance'),
      json((
        select json_array(
          coalesce(s.attendance_rule, c.attendance_rule), sum(status = 'present'), sum(status = 'late'), sum(status = 'absent'), sum(status = 'excused')
        )
        from live_attendance there
        where there.section_id = seat.section_id and there.student_id = seat.student_id and exists (
          select 1 from live_enrollment stay
          where stay.section_id = seat.section_id and stay.student_id = seat.student_id
            and there.date between coalesce(stay.member_from, '') and coalesce(stay.member_until, '9999')
        )
      )),
      null
    )
  ) as basis
  from live_enrollment seat
  join live_section s on s.id = seat.section_id
  join live_course c on c.id = s.course_id
  join live_student who on who.id = seat.student_id
  where seat.status in ('enrolled', 'completed');

-- A W rests on no work.
create trigger result_says_what_the_work_says before update of state on result
when old.state = 'draft' and new.state = 'published' and old.outcome <> 'withdrawn' and (
  old.basis is null
  or old.basis is not (select basis from result_basis where section_id = old.section_id and student_id = old.student_id)
)
BEGIN
  select raise(abort, 'result_outdated');
END;
