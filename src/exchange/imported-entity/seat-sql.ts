/** SQL text about the seats that a line of a file would give, and those beside them. */

export const endedByThisFile = `select gone.target_id from import_row gone
  where gone.import_id = {import} and gone.action = 'update' and gone.content ->> '$.status' not in ('enrolled', 'completed')`
/** The numbers of other sections of the course in which the student has a seat that this file does not end. */
export const otherSeats = `select other.number from live_section own
  join live_enrollment seat on seat.course_id = own.course_id and seat.term_id = own.term_id
  join section other on other.id = seat.section_id
  where own.id = {section_id} and seat.student_id = {student_id} and other.id <> own.id
    and seat.status in ('enrolled', 'completed') and seat.id not in (${endedByThisFile})`
export const hasResult = `exists (select 1 from graded_seat official
  where official.section_id = seat.section_id and official.student_id = seat.student_id)`
/** Those that earlier lines name. */
const earlierSeats = `select other.number from live_section own
  join live_section other on other.course_id = own.course_id and other.term_id = own.term_id
  join import_row before on before.content ->> '$.section_id' = other.id
  where own.id = {section_id} and before.import_id = {import} and before.action = 'create' and before.line < import_row.line
    and before.content ->> '$.student_id' = {student_id}
    and coalesce(before.content ->> '$.status', 'enrolled') in ('enrolled', 'completed')`
export const numbers = `(select group_concat(number, ', ') from (${otherSeats} union ${earlierSeats} order by 1))`
export const several = `(select count(*) from (${otherSeats} union ${earlierSeats})) > 1`
/** Lines of new seats in a course for which the student has an earlier line. */
export const laterSeats = `select seat.line from (
    select staged.line, row_number() over (
      partition by staged.content ->> '$.student_id', s.course_id, s.term_id order by staged.line
    ) as place
    from import_row staged join live_section s on s.id = staged.content ->> '$.section_id'
    where staged.import_id = {import} and staged.action = 'create'
      and coalesce(staged.content ->> '$.status', 'enrolled') in ('enrolled', 'completed')
  ) seat where seat.place > 1`
