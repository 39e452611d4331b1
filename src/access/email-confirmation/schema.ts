import * as z from 'zod'
import { email, line } from '#/platform/fields.ts'

export const EmailConfirmationRequest = z.strictObject({ email }).meta({ id: 'EmailConfirmationRequest' })
export const EmailConfirmation = z
  .strictObject({
    token: line(200),
    password: z.string().max(200).optional().meta({
      description:
        'Of the account that is to have the e-mail. Ask for it: it tells an account of the reader from one that somebody else registered. Demanded where the e-mail was registered more than once in a day.',
    }),
  })
  .meta({ id: 'EmailConfirmation' })
