import * as z from 'zod'
import {
  id,
  instant,
  instantIn,
  lifecycle,
  line,
  optional,
  patchOf,
  percentage,
  toHundredths,
} from '#/platform/fields.ts'
import { assessmentTypes } from '#/platform/words.ts'

const fields = {
  section_id: id,
  category_id: optional(id).meta({ description: 'A category of the same section.' }),
  type: z.enum(assessmentTypes),
  title: line(200),
  title_el: optional(line(200)),
  weight: percentage
    .default(100)
    .meta({ description: 'Percent of the grade, at most 100 in a section; relative to the others inside a category.' }),
  max_score: z.number().min(0.01).max(100_000).multipleOf(0.01).overwrite(toHundredths).default(100),
  due_at: optional(instantIn),
  released: z
    .boolean()
    .default(false)
    .meta({ description: 'Students see no score before its assessment is released.' }),
}

export const AssessmentInput = z.strictObject(fields).meta({ id: 'AssessmentInput' })
export const AssessmentChanges = patchOf(AssessmentInput).meta({ id: 'AssessmentChanges' })
export const Assessment = z
  .object({ id, ...fields, due_at: optional(instant), ...lifecycle })
  .meta({ id: 'Assessment' })
