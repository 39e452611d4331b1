import * as z from 'zod'
import { date, id, instant, lifecycle, line } from '#/platform/fields.ts'
import { endReasons, enrollmentStates, stayReasons } from '#/platform/words.ts'

export const EnrollInput = z.strictObject({ student_id: id }).meta({ id: 'EnrollInput' })
export const EnrollmentInput = z.strictObject({ section_id: id, student_id: id }).meta({ id: 'EnrollmentInput' })

export const BulkEnrollInput = z
  .strictObject({ student_ids: z.array(id).min(1).max(1000) })
  .meta({ id: 'BulkEnrollInput' })
export const BulkPairsInput = z
  .strictObject({ enrollments: z.array(EnrollmentInput).min(1).max(200) })
  .meta({ id: 'BulkPairsInput' })
const reason = line(500).optional()
export const WithdrawInput = z
  .strictObject({ reason: reason.meta({ description: 'Required of the registry after the withdraw deadline.' }) })
  .meta({ id: 'WithdrawInput' })
const firstDay = date.meta({ description: 'First day in the section, from which on attendance counts.' })
const lastDay = date.meta({ description: 'Last day in the section.' })
const changes = {
  status: z
    .enum(enrollmentStates.words)
    .meta({ description: 'Becomes `dropped` or `withdrawn`; its present value changes nothing.' }),
  reason,
  member_from: firstDay.optional(),
  member_until: lastDay.nullable().optional(),
}
const stays = 'Section and student never change: a transfer makes a new enrollment.'
export const EnrollmentChanges = z
  .strictObject({ ...changes, status: changes.status.optional() })
  .meta({ id: 'EnrollmentChanges', description: stays })
export const EnrollmentReplacement = z.strictObject(changes).meta({ id: 'EnrollmentReplacement', description: stays })
export const TransferOptions = z.strictObject({
  dry_run: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .default(false)
    .meta({ description: 'Decide and report, but write nothing: 200 with the present seat.' }),
})
export const TransferInput = z.strictObject({ section_id: id }).meta({ id: 'TransferInput' })

export const EnrollmentCheck = z
  .object({ allowed: z.boolean(), reasons: z.array(z.object({ code: z.string(), message: z.string() })) })
  .meta({ id: 'EnrollmentCheck' })

export const Enrollment = z
  .object({
    id,
    section_id: id,
    student_id: id,
    status: z.enum(enrollmentStates.words),
    enrolled_at: instant,
    ended_at: instant.nullable(),
    end_reason: z.enum(endReasons).nullable().meta({
      description:
        '`left`: the student left the studies. `completed`: an official result, or the end of an ungraded course.',
    }),
    transferred_to: id.nullable().meta({ description: 'The enrollment that it was given up for.' }),
    member_from: firstDay.nullable(),
    member_until: lastDay.nullable(),
    student_number: z.string(),
    student_name: z.string(),
    section_number: z.string(),
    course_code: z.string(),
    course_title: z.string(),
    term_id: id,
    term_code: z.string(),
    ...lifecycle,
  })
  .meta({ id: 'Enrollment' })

/** The answer to a transfer, or to its rehearsal. */
export const Transfer = Enrollment.extend({
  dry_run: z.boolean(),
  carried: z
    .object({ scores: z.int(), attendance: z.int() })
    .meta({ description: 'How much came with the student: scores for the same work, attendance by date and period.' }),
  left_behind: z
    .array(
      z.object({ assessment_id: id, title: z.string(), score: z.number().nullable(), reason: z.enum(stayReasons) }),
    )
    .meta({ description: 'Scores of the course and term that stay where they are. Students see what is released.' }),
}).meta({ id: 'Transfer' })
