import * as z from 'zod'
import { date, line } from '#/platform/fields.ts'

/** What tells that somebody knows whose document it is. It travels in a body only: addresses rest in histories and logs. */
export const HolderClaim = z
  .strictObject({
    student_number: line(40).optional(),
    date_of_birth: date.optional(),
  })
  .refine(
    ({ student_number, date_of_birth }) => (student_number === undefined) !== (date_of_birth === undefined),
    'Give student_number or date_of_birth.',
  )
  .meta({ id: 'HolderClaim' })

export type HolderClaim = z.output<typeof HolderClaim>
