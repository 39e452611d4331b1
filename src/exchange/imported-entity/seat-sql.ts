/** SQL text about the seats that a line of a file would give, and those beside them. */
import { enrollmentErrors } from '#/enrolling/enrollment/index.ts'
import type { Check } from './definition.ts'
import { asItWillBe, inSection, isGiven, termOfSection } from './references.ts'

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

/** A day that the file says anew lies within the term. */
const outsideTerm = (field: string): Check => ({
  error: enrollmentErrors.MEMBERSHIP_OUTSIDE_TERM,
  field,
  fields: [field, ...inSection],
  when: `{${field}} not between ${termOfSection('start_date')} and ${termOfSection('end_date')}
    and {${field}} is not (select ${field} from live_enrollment where id = import_row.target_id)`,
  params: { start: termOfSection('start_date'), end: termOfSection('end_date') },
})
/** The day that the file gives is blamed: the last one, else the first. */
const daysTurned = (field: string, when: string): Check => ({
  error: enrollmentErrors.MEMBERSHIP_ENDS_BEFORE_START,
  field,
  fields: ['member_from', 'member_until'],
  when: `${when} and ${asItWillBe('member_until', 'enrollment')} < ${asItWillBe('member_from', 'enrollment')}`,
  params: {
    member_from: asItWillBe('member_from', 'enrollment'),
    member_until: asItWillBe('member_until', 'enrollment'),
  },
})

/** What the first and the last day of a seat are refused for. */
export const membershipChecks: readonly Check[] = [
  ...['member_from', 'member_until'].map(outsideTerm),
  daysTurned('member_until', isGiven('member_until')),
  daysTurned('member_from', `${isGiven('member_from')} and not ${isGiven('member_until')}`),
]
