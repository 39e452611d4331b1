import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { ApiError } from '../../errors.ts'
import { totp } from './table.ts'

/** The second factor of an account, in force or still to be confirmed. */
export async function findTotp(ctx: Context, userId: number) {
  const [found] = await ctx.db.select().from(totp).where(eq(totp.user_id, userId))
  return found
}

/** The caller's second factor, which must be in force. Throws MFA_NOT_ENABLED. */
export async function findOwnTotp(ctx: Context) {
  const found = await findTotp(ctx, ctx.actor.id ?? 0)
  if (!found?.confirmed_at) throw new ApiError('MFA_NOT_ENABLED')
  return found
}
