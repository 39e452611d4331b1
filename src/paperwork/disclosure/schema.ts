import * as z from 'zod'
import { date, line, exactlyOneOf } from '#/platform/fields.ts'

/** What tells that somebody knows whose document it is. It travels in a body only: addresses rest in histories and logs. */
export const HolderClaim = exactlyOneOf(
  z.strictObject({
    student_number: line(40).optional(),
    date_of_birth: date.optional(),
  }),
  ['student_number', 'date_of_birth'],
).meta({ id: 'HolderClaim' })

export type HolderClaim = z.output<typeof HolderClaim>
