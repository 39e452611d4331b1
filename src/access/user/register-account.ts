import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { createUser } from './create-user.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import type { Registration } from './schema.ts'

/** Opens an account for whoever asks: an applicant, that is a student without a record. */
export function registerAccount(ctx: Context, { email, password, full_name }: z.output<typeof Registration>) {
  requireStrongPassword(ctx, password, 'password', { email, full_name })
  return createUser(ctx, { email, password, full_name, role: 'student', language: ctx.language })
}
