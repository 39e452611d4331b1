import * as z from 'zod'
import { id, lifecycle, line, optional, patchOf, percentage } from '#/platform/fields.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { aggregations } from '#/platform/words.ts'

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
export const CategoryReplacement = z.strictObject(fields).meta({ id: 'CategoryReplacement' })
export const CategoryChanges = patchOf(CategoryInput).meta({ id: 'CategoryChanges' })
export const Category = z.object({ id, ...fields, ...sectionNamed, ...lifecycle }).meta({ id: 'Category' })
