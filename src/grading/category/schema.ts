import * as z from 'zod'
import { id, lifecycle, line, optional, patchOf, percentage } from '#/platform/fields.ts'
import { mostLoose } from './rules.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { aggregations, categoryKinds } from '#/platform/words.ts'

const kind = z.enum(categoryKinds).meta({
  description:
    'What it is made of. Of `attendance`: no assessments; its percentage is that of the attendance by the rule of the course, missing while there is no record. Stays as it is.',
})
const fields = {
  section_id: id,
  name: line(100),
  name_el: optional(line(100)),
  weight: percentage,
  aggregation: z.enum(aggregations).default('weighted').meta({
    description:
      'How its assessments make one percentage: by their relative weights, all alike, or the last graded one only.',
  }),
  drop_lowest: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta({ description: 'How many of the lowest are set aside; one is always kept.' }),
  kind: kind.default('assessments'),
}

export const CategoryInput = z
  .strictObject({
    ...fields,
    weight: percentage.optional().meta({
      description:
        'Percent of the grade; the categories of a section total at most 100. Left out of a new one: what the others leave of it.',
    }),
  })
  .meta({ id: 'CategoryInput' })
/** Of a PUT, which gives everything. */
export const CategoryReplacement = z
  .strictObject({ ...fields, kind: kind.optional() })
  .meta({ id: 'CategoryReplacement' })
export const CategoryChanges = patchOf(CategoryInput).meta({ id: 'CategoryChanges' })
export const Category = z.object({ id, ...fields, ...sectionNamed, ...lifecycle }).meta({ id: 'Category' })

/** What the answer to a category or an assessment adds where work of the section does not count. */
export const looseWarned = {
  warnings: z
    .array(z.enum(['WEIGHS_NOTHING']))
    .optional()
    .meta({
      description: 'Absent when there are none. WEIGHS_NOTHING: work is outside of the categories of the section.',
    }),
  explanation: z.string().optional().meta({ description: 'The same in words.' }),
  loose_ids: z
    .array(id)
    .max(mostLoose)
    .optional()
    .meta({ description: `Assessments outside of the categories, the first ${mostLoose}.` }),
}
/** The answer to a write. */
export const WrittenCategory = Category.extend(looseWarned).meta({ id: 'WrittenCategory' })
