import * as z from 'zod'
import { date, line } from '#/platform/fields.ts'
import { saying } from '#/platform/validation/said.ts'

/** What tells that somebody knows whose document it is. It travels in a body only: addresses rest in histories and logs. */
export const HolderClaim = z
  .strictObject({
    student_number: line(40).optional(),
    date_of_birth: date.optional(),
  })
  .refine(
    ({ student_number, date_of_birth }) => (student_number === undefined) !== (date_of_birth === undefined),
    saying(
      'must have student_number or date_of_birth, not both',
      'πρέπει να έχει student_number ή date_of_birth, όχι και τα δύο',
    ),
  )
  .meta({ id: 'HolderClaim' })

export type HolderClaim = z.output<typeof HolderClaim>
