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
import { looseWarned } from '#/grading/category/index.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { assessmentTypes } from '#/platform/words.ts'

const fields = {
  section_id: id,
  category_id: optional(id).meta({ description: 'A category of the same section.' }),
  type: z.enum(assessmentTypes),
  title: line(200),
  title_el: optional(line(200)),
  weight: percentage,
  max_score: z.number().min(0.01).max(100_000).multipleOf(0.01).overwrite(toHundredths).default(100),
  due_at: optional(instantIn),
  released: z
    .boolean()
    .default(false)
    .meta({ description: 'Students see no score before its assessment is released.' }),
}

export const AssessmentInput = z
  .strictObject({
    ...fields,
    weight: percentage.optional().meta({
      description:
        'Percent of the grade, at most 100 in a section; relative to the others inside a category. Left out of a new one: what the others leave of 100, and 100 inside a category.',
    }),
  })
  .meta({ id: 'AssessmentInput' })
/** Of a PUT, which gives everything. */
export const AssessmentReplacement = z
  .strictObject({ ...fields, weight: percentage.default(100) })
  .meta({ id: 'AssessmentReplacement' })
export const AssessmentChanges = patchOf(AssessmentInput).meta({ id: 'AssessmentChanges' })
export const Assessment = z
  .object({
    id,
    ...fields,
    due_at: optional(instant),
    category_name: z.string().nullable(),
    ...sectionNamed,
    ...lifecycle,
  })
  .meta({ id: 'Assessment' })
/** The answer to a write. */
export const WrittenAssessment = Assessment.extend(looseWarned).meta({ id: 'WrittenAssessment' })
