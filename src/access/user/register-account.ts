import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { startingConfirmation } from '#/access/email-confirmation/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import { createUser } from './create-user.ts'
import type { Registration } from './schema.ts'

/** Opens an account for whoever asks: an applicant, that is a student without a record. The e-mail is still to be confirmed. */
export async function registerAccount(ctx: Context, { email, password, full_name }: z.output<typeof Registration>) {
  await requireStrongPassword(ctx, password, 'password', { email, full_name })
  const user = { email, password, full_name, role: 'student' as const, language: ctx.language, email_verified_at: null }
  const more = () => {
    const { starting, events } = startingConfirmation(ctx, email)
    return { also: [starting], events }
  }
  return createUser(ctx, user, { by: 'stranger', more })
}
