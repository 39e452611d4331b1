import * as z from 'zod'
import { email, line } from '#/platform/fields.ts'
import { newPassword } from '#/access/identity/index.ts'

export const ResetRequest = z.strictObject({ email }).meta({ id: 'ResetRequest' })
export const ResetConfirmation = z
  .strictObject({ token: line(200), new_password: newPassword })
  .meta({ id: 'ResetConfirmation' })
export const Accepted = z.object({ accepted: z.literal(true) }).meta({ id: 'Accepted' })
