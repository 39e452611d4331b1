import * as z from 'zod'
import { code, id, lifecycle, line, optional, patchOf, percentage } from '#/platform/fields.ts'
import { roundings } from '#/platform/words.ts'

/** Loose where the rules of grading say more, so that they can name every problem at one time. */
const Band = z.strictObject({
  minimum: z.number().meta({ description: 'Percentage (0..100) from which the letter holds.' }),
  letter: z.string().trim().max(40),
  points: z.number().nullable().default(null).meta({ description: '0..4; null means percentage / 25.' }),
  passing: z.boolean(),
  name: optional(line(60)).meta({ description: 'What documents call the band, such as Excellent.' }),
  name_el: optional(line(60)),
})

const fields = {
  code: code(40),
  scale_max: z.literal([100, 20, 10]).default(100).meta({ description: 'What `value` is counted in.' }),
  pass_minimum: percentage.meta({ description: 'Percentage at which the lowest passing band begins.' }),
  step: z
    .literal([0.01, 0.05, 0.1, 0.25, 0.5, 1])
    .default(0.01)
    .meta({ description: 'Values are whole steps of it. What is rounded to a step is what decides.' }),
  rounding: z.enum(roundings).default('half_up'),
  decimals: z.int().min(0).max(2).default(2).meta({ description: 'Of a grade in documents.' }),
  shows_percent: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether documents also show percentages and points (0..4).' }),
  bands: z.array(Band).max(50).meta({ description: 'From the top down to 0.' }),
}

export const GradingSchemeInput = z.strictObject(fields).meta({ id: 'GradingSchemeInput' })
export const GradingSchemeChanges = patchOf(GradingSchemeInput).meta({ id: 'GradingSchemeChanges' })
export const GradingScheme = z
  .object({ id, ...fields, shipped: z.boolean().meta({ description: 'Came with the system.' }), ...lifecycle })
  .meta({ id: 'GradingScheme' })
