import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { startingConfirmation } from '#/access/email-confirmation/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import type { Registration } from './schema.ts'
import { takePlace } from './take-place.ts'

/** Opens an account for whoever asks: an applicant, that is a student without a record. The e-mail is still to be confirmed. */
export function registerAccount(ctx: Context, { email, password, full_name }: z.output<typeof Registration>) {
  requireStrongPassword(ctx, password, 'password', { email, full_name })
  const user = { email, password, full_name, role: 'student' as const, language: ctx.language, email_verified_at: null }
  return takePlace(ctx, user, () => {
    const { starting, events } = startingConfirmation(ctx, email)
    return { also: [starting], events }
  })
}
