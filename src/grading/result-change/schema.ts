import * as z from 'zod'
import { id, instant, line, percentage, exactlyOneOf } from '#/platform/fields.ts'
import { changeStates, outcomes, resultStates } from '#/platform/words.ts'

const outcome = z.enum(outcomes)
const points = z.number().meta({ description: 'Grade points, 0..4.' })
const value = z.number().meta({ description: 'On the scale of the grading scheme, such as 0..20.' })

export const ResultChange = z
  .object({
    id,
    result_id: id,
    student_id: id,
    section_id: id,
    status: z.enum(changeStates.words),
    reason: z.string(),
    requested_by: id,
    requested_by_name: z.string().nullable(),
    old_percentage: percentage,
    old_letter: z.string(),
    old_points: points,
    old_value: value,
    old_outcome: outcome,
    new_percentage: percentage,
    new_letter: z.string(),
    new_points: points,
    new_value: value,
    new_outcome: outcome,
    approvals: z.int().meta({ description: 'How many have approved it so far.' }),
    approvals_needed: z.int().meta({ description: '1 for a published result, 2 for a frozen one.' }),
    resolved_at: instant.nullable(),
    resolved_by: id.nullable(),
    resolved_by_name: z.string().nullable(),
    note: z.string().nullable(),
    student_number: z.string(),
    student_name: z.string(),
    section_number: z.string(),
    course_code: z.string(),
    term_code: z.string(),
    version: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'ResultChange' })

export const RequestedChange = ResultChange.extend({
  explanation: z
    .string()
    .optional()
    .meta({ description: 'Of a change that asks for a letter: which figure that is taken for, and why.' }),
}).meta({ id: 'RequestedChange' })

export const ResultChangeRequest = exactlyOneOf(
  z.strictObject({
    result_id: id,
    new_percentage: percentage
      .optional()
      .meta({ description: 'Letter, points and value follow from it by the grading scheme.' }),
    new_grade: line(20)
      .optional()
      .meta({ description: 'A letter of the grading scheme; the percentage becomes the lowest that earns it.' }),
    reason: line(500).min(10).meta({ description: 'Why the official grade is not the right one.' }),
  }),
  ['new_grade', 'new_percentage'],
).meta({ id: 'ResultChangeRequest' })

export const ResultChangeDecision = z
  .strictObject({ change_id: id, approved: z.boolean(), note: line(500).optional() })
  .meta({ id: 'ResultChangeDecision' })

/** A change in the history of its result. */
export const PastChange = ResultChange.extend({
  approved_by: z.array(
    z.object({ user_id: id, full_name: z.string().nullable(), approved_at: instant, note: z.string().nullable() }),
  ),
}).meta({ id: 'PastChange' })

/** What stands beside the changes. */
export const historyOf = {
  result_id: id,
  state: z.enum(resultStates.words),
  published_at: instant.nullable(),
  frozen_at: instant.nullable(),
}
