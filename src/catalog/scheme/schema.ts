import * as z from 'zod'
import { code, id, lifecycle, patchOf, percentage } from '#/platform/fields.ts'

/** Loose where the rules of grading say more, so that they can name every problem at one time. */
const Band = z.strictObject({
  minimum: z.number().meta({ description: 'Percentage (0..100) from which the letter holds.' }),
  letter: z.string().trim().max(40),
  points: z.number().nullable().default(null).meta({ description: '0..4; null means percentage / 25.' }),
  passing: z.boolean(),
})

const fields = {
  code: code(40),
  scale_max: z.literal([100, 20, 10]).default(100).meta({ description: 'What `value` is counted in.' }),
  pass_minimum: percentage.meta({ description: 'Percentage at which the lowest passing band begins.' }),
  bands: z.array(Band).max(50).meta({ description: 'From the top down to 0.' }),
}

export const GradingSchemeInput = z.strictObject(fields).meta({ id: 'GradingSchemeInput' })
export const GradingSchemeChanges = patchOf(GradingSchemeInput).meta({ id: 'GradingSchemeChanges' })
export const GradingScheme = z
  .object({ id, ...fields, shipped: z.boolean().meta({ description: 'Came with the system.' }), ...lifecycle })
  .meta({ id: 'GradingScheme' })
