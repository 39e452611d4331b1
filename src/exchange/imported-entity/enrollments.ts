import * as z from 'zod'
import { date, instantIn, optional } from '#/platform/fields.ts'
import { Enrollment, enrollmentEntity, enrollmentErrors } from '#/enrolling/enrollment/index.ts'
import { seatErrors, takenNotes, waitlistNotes, windowNotes } from '#/enrolling/seat/index.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import type { Check, ImportEntity } from './definition.ts'
import {
  asItWillBe,
  holdNow,
  importedAt,
  inSection,
  isGiven,
  quoted,
  section,
  sectionFields,
  student,
  studentField,
  termOfSection,
} from './references.ts'
import { endedByThisFile, otherSeats, hasResult, membershipChecks, numbers, several, laterSeats } from './seat-sql.ts'
import { errors } from './errors.ts'

/** A whole day (UTC), or an instant. */
const moment = z.union([date.transform((day) => `${day}T00:00:00.000Z`), instantIn])

const capacityOfSection = '(select capacity from live_section where id = {section_id})'
const newSeat = `import_row.target_id is null and coalesce({status}, 'enrolled') in ('enrolled', 'completed')`
const otherStatus = `exists (select 1 from live_enrollment where id = import_row.target_id
  and (status <> {status} or {end_reason} is not null and {end_reason} is not end_reason))`
const gradedStays = `exists (select 1 from live_enrollment seat join graded_seat graded
  on graded.section_id = seat.section_id and graded.student_id = seat.student_id
  where seat.id = import_row.target_id and seat.status <> 'dropped' and {status} <> 'completed')`
/** What else a seat with an official result keeps: when it ended, and its days. A line that says the same changes nothing. */
const gradedKeeps = (field: string): Check => ({
  error: enrollmentErrors.ENROLLMENT_GRADED,
  field,
  when: `import_row.target_id is not null and not ${otherStatus}
    and ${asItWillBe(field, 'enrollment')} is not (select ${field} from live_enrollment where id = import_row.target_id)
    and exists (select 1 from live_enrollment seat join live_result official
      on official.section_id = seat.section_id and official.student_id = seat.student_id
      where seat.id = import_row.target_id and official.state <> 'draft' and official.outcome <> 'withdrawn')`,
})
/** What the front door would look at is worth a word. */
const seatNow = `coalesce({status}, 'enrolled') = 'enrolled' and exists (select 1 from live_section s join live_term t on t.id = s.term_id
  where s.id = {section_id} and t.status = 'open' and t.end_date >= date(${importedAt}))`
const window = { opens: termOfSection('enrollment_opens_at'), closes: termOfSection('enrollment_closes_at') }

const warnings: Check[] = [
  {
    error: holdErrors.HOLD,
    field: 'student_number',
    when: `${seatNow} and ${holdNow('id')} is not null`,
    params: { kind: holdNow('kind'), office: holdNow('office') },
  },
  {
    error: seatErrors.ENROLLMENT_WINDOW_CLOSED,
    field: 'term_code',
    when: `${seatNow} and (${importedAt} < ${window.opens} or ${importedAt} >= ${window.closes})`,
    params: {
      window: `json(iif(${window.opens} is null, ${quoted(windowNotes.closes, window)},
        iif(${window.closes} is null, ${quoted(windowNotes.opens, window)}, ${quoted(windowNotes.both, window)})))`,
    },
  },
]

/**
 * What happened before Lyceum: seats with their state and dates. Enrollment windows, holds, prerequisites and clashes are not looked at;
 * capacity, closed terms and one seat for each student, course and term are. In a term that goes on, holds and windows are warned of.
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
    member_from: optional(date),
    member_until: optional(date),
  }),
  companions: { end_reason: 'status' },
  staged: (content) =>
    content['status'] === 'transferred' ? { ...content, status: 'dropped', end_reason: 'transferred' } : { ...content },
  key: {
    columns: ['section_id', 'student_id', 'enrolled_at'],
    fields: ['course_code', 'term_code', 'section_number', 'student_number', 'enrolled_at'],
    spare: 'enrolled_at',
  },
  references: [section, student],
  checks: [
    // What a line says by itself, whosever seat it is.
    {
      error: errors.IMPORT_END_MISMATCH,
      field: 'ended_at',
      fields: ['ended_at', 'status'],
      when: `${isGiven('status')} and ${isGiven('ended_at')} and ({status} = 'enrolled') <> ({ended_at} is null)`,
    },
    {
      error: errors.IMPORT_END_BEFORE_START,
      field: 'ended_at',
      fields: ['ended_at', 'enrolled_at'],
      when: `{ended_at} < {enrolled_at}
        and {ended_at} is not (select ended_at from live_enrollment where id = import_row.target_id)`,
    },
    {
      error: errors.IMPORT_END_MISMATCH,
      field: 'ended_at',
      when: `(${asItWillBe('status', 'enrollment', "'enrolled'")} = 'enrolled') <> (${asItWillBe('ended_at', 'enrollment')} is null)`,
    },
    {
      error: errors.IMPORT_END_BEFORE_START,
      field: 'ended_at',
      when: `{ended_at} < ${asItWillBe('enrolled_at', 'enrollment')}
        and {ended_at} is not (select ended_at from live_enrollment where id = import_row.target_id)`,
    },
    ...membershipChecks,
    {
      error: seatErrors.TERM_CLOSED,
      field: 'term_code',
      fields: inSection,
      when: `import_row.target_id is null and (select t.status from live_section s join live_term t on t.id = s.term_id
        where s.id = {section_id}) = 'closed'`,
    },
    { error: enrollmentErrors.ENROLLMENT_GRADED, field: 'status', when: `${otherStatus} and ${gradedStays}` },
    {
      error: enrollmentErrors.ENROLLMENT_ENDED,
      field: 'status',
      when: `${otherStatus} and not ${gradedStays} and exists (select 1 from live_enrollment
        where id = import_row.target_id and status <> 'enrolled')`,
      params: { status: '(select status from live_enrollment where id = import_row.target_id)' },
    },
    ...['ended_at', 'member_from', 'member_until'].map(gradedKeeps),
  ],
  warnings,
  wholeChecks: [
    {
      error: enrollmentErrors.ENROLLMENT_GRADED,
      field: 'student_number',
      when: `import_row.target_id is null and exists (select 1 from live_result
        where section_id = {section_id} and student_id = {student_id} and state <> 'draft' and outcome <> 'withdrawn')`,
    },
    {
      error: seatErrors.RESULT_ALREADY_OFFICIAL,
      field: 'student_number',
      when: `${newSeat} and exists (select 1 from graded_seat where section_id = {section_id} and student_id = {student_id})`,
      params: { course: '{course_code}' },
    },
    {
      error: seatErrors.ALREADY_ENROLLED,
      field: 'student_number',
      when: `${newSeat} and exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id} and status in ('enrolled', 'completed') and id not in (${endedByThisFile}))`,
    },
    {
      error: seatErrors.COURSE_ALREADY_TAKEN,
      field: 'section_number',
      when: `${newSeat} and (exists (${otherSeats}) or import_row.line in (${laterSeats}))`,
      params: {
        course: '{course_code}',
        section: `json_object('en', iif(${several}, 'sections ', 'section ') || ${numbers}, 'el', iif(${several}, 'τμήματα ', 'τμήμα ') || ${numbers})`,
        next: `json(iif(exists (${otherSeats} and ${hasResult}), ${quoted(takenNotes.official)},
          iif(exists (${otherSeats} and seat.status = 'completed'), ${quoted(takenNotes.completed)},
            iif(exists (${otherSeats}), ${quoted(takenNotes.inFile)}, ${quoted(takenNotes.together)}))))`,
      },
    },
    {
      error: seatErrors.SECTION_FULL,
      field: 'section_number',
      when: `${newSeat} and import_row.line in (
        select seat.line from (
          select line, content ->> '$.section_id' as section_id,
            row_number() over (partition by content ->> '$.section_id' order by line) as place
          from import_row where import_id = {import} and action = 'create'
            and coalesce(content ->> '$.status', 'enrolled') in ('enrolled', 'completed')
        ) seat
        join live_section s on s.id = seat.section_id
        left join (
          select section_id, count(*) as seats from live_enrollment where status = 'enrolled' and id in (${endedByThisFile}) group by section_id
        ) freed on freed.section_id = s.id
        where seat.place > s.capacity - s.seats_taken + coalesce(freed.seats, 0))`,
      params: { capacity: capacityOfSection, waitlist: quoted(waitlistNotes.inFile) },
    },
  ],
}
