import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { startingConfirmation } from '#/access/email-confirmation/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import { countingMail } from '#/access/proof/index.ts'
import type { Registration } from './schema.ts'
import { takePlace } from './take-place.ts'

/**
 * Opens an account for whoever asks: an applicant, that is a student without a record. The e-mail is still to be confirmed; where it had as many
 * mails as it may have, none follows, and one is to be asked for later.
 */
export async function registerAccount(ctx: Context, { email, password, full_name }: z.output<typeof Registration>) {
  requireStrongPassword(ctx, password, 'password', { email, full_name })
  const user = { email, password, full_name, role: 'student' as const, language: ctx.language, email_verified_at: null }
  const withMail = () =>
    takePlace(ctx, user, () => {
      const { starting, events } = startingConfirmation(ctx, email)
      return { also: [starting], events }
    })
  // What the answer shows is how many accounts may still be opened.
  const quietly = { ...ctx, showLimits: undefined }
  return countingMail(quietly, { email, kind: 'confirmation' }, withMail).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.declared !== sharedErrors.RATE_LIMITED) throw error
    return takePlace(ctx, user, () => ({}))
  })
}
