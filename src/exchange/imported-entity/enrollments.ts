import * as z from 'zod'
import { date, instantIn, optional } from '#/platform/fields.ts'
import { ApiError } from '#/platform/errors.ts'
import { Enrollment, enrollmentEntity, enrollmentErrors } from '#/enrolling/enrollment/index.ts'
import { seatErrors } from '#/enrolling/seat/index.ts'
import type { ImportEntity } from './definition.ts'
import { section, sectionFields, student, studentField } from './references.ts'
import { errors } from './errors.ts'

/** An instant, or a whole day (UTC). */
const moment = z.union([instantIn, date.transform((day) => `${day}T00:00:00.000Z`)])

const newSeat = `import_row.target_id is null and coalesce({status}, 'enrolled') = 'enrolled'`
const otherStatus = `exists (select 1 from live_enrollment where id = import_row.target_id and status <> {status})`
const gradedStays = `exists (select 1 from live_enrollment seat join graded_seat graded
  on graded.section_id = seat.section_id and graded.student_id = seat.student_id
  where seat.id = import_row.target_id and seat.status <> 'dropped' and {status} <> 'completed')`
const endedByThisFile = `select gone.target_id from import_row gone
  where gone.import_id = {import} and gone.action = 'update' and gone.content ->> '$.status' <> 'enrolled'`
/** The number of another section of the course in which the student has a seat that this file does not end. */
const otherSeat = `(select max(other.number) from live_section own
  join live_enrollment seat on seat.course_id = own.course_id and seat.term_id = own.term_id
  join section other on other.id = seat.section_id
  where own.id = {section_id} and seat.student_id = {student_id} and other.id <> own.id
    and seat.status in ('enrolled', 'completed') and seat.id not in (${endedByThisFile}))`
/** Lines of new seats in a course for which the student has an earlier line. */
const laterSeats = `select seat.line from (
    select staged.line, row_number() over (
      partition by staged.content ->> '$.student_id', s.course_id, s.term_id order by staged.line
    ) as place
    from import_row staged join live_section s on s.id = staged.content ->> '$.section_id'
    where staged.import_id = {import} and staged.action = 'create'
      and coalesce(staged.content ->> '$.status', 'enrolled') in ('enrolled', 'completed')
  ) seat where seat.place > 1`

/**
 * What happened before Lyceum: seats with their state and dates. Enrollment windows, holds, prerequisites and clashes are not looked at;
 * capacity, closed terms and one seat for each student, course and term are.
 */
export const enrollments: ImportEntity = {
  entity: enrollmentEntity,
  row: Enrollment,
  input: z.strictObject({
    ...sectionFields,
    ...studentField,
    enrolled_at: moment,
    status: Enrollment.shape.status.default('enrolled'),
    ended_at: optional(moment),
  }),
  key: {
    columns: ['section_id', 'student_id', 'enrolled_at'],
    fields: ['course_code', 'term_code', 'section_number', 'student_number', 'enrolled_at'],
  },
  references: [section, student],
  rule: ({ status, enrolled_at, ended_at }: { status: string; enrolled_at: string; ended_at: string | null }) => {
    if ((status === 'enrolled') !== (ended_at === null)) throw new ApiError(errors.IMPORT_END_MISMATCH)
    if (ended_at !== null && ended_at < enrolled_at) throw new ApiError(errors.IMPORT_END_BEFORE_START)
  },
  checks: [
    {
      error: seatErrors.TERM_CLOSED,
      field: 'term_code',
      when: `import_row.target_id is null and (select t.status from live_section s join live_term t on t.id = s.term_id
        where s.id = {section_id}) = 'closed'`,
    },
    {
      error: enrollmentErrors.ENROLLMENT_GRADED,
      field: 'status',
      when: `${otherStatus} and ${gradedStays}`,
    },
    {
      error: enrollmentErrors.ENROLLMENT_ENDED,
      field: 'status',
      when: `${otherStatus} and not ${gradedStays} and exists (select 1 from live_enrollment
        where id = import_row.target_id and status <> 'enrolled')`,
      params: { status: '(select status from live_enrollment where id = import_row.target_id)' },
    },
  ],
  wholeChecks: [
    {
      error: seatErrors.ALREADY_ENROLLED,
      field: 'student_number',
      when: `${newSeat} and exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id} and status = 'enrolled' and id not in (${endedByThisFile}))`,
    },
    {
      error: seatErrors.COURSE_ALREADY_TAKEN,
      field: 'section_number',
      when: `import_row.target_id is null and coalesce({status}, 'enrolled') in ('enrolled', 'completed')
        and (${otherSeat} is not null or import_row.line in (${laterSeats}))`,
      params: { section: `coalesce(${otherSeat}, {section_number})`, course: '{course_code}', id: `'{' || 'id}'` },
    },
    {
      error: seatErrors.SECTION_FULL,
      field: 'section_number',
      when: `${newSeat} and import_row.line in (
        select seat.line from (
          select line, content ->> '$.section_id' as section_id,
            row_number() over (partition by content ->> '$.section_id' order by line) as place
          from import_row where import_id = {import} and action = 'create' and coalesce(content ->> '$.status', 'enrolled') = 'enrolled'
        ) seat
        join live_section s on s.id = seat.section_id
        left join (
          select section_id, count(*) as seats from live_enrollment where status = 'enrolled' and id in (${endedByThisFile}) group by section_id
        ) freed on freed.section_id = s.id
        where seat.place > s.capacity - s.seats_taken + coalesce(freed.seats, 0))`,
      params: { capacity: '(select capacity from live_section where id = {section_id})' },
    },
  ],
}
