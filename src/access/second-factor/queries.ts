import { eq } from 'drizzle-orm'
import { totp } from '#/access/identity/table.ts'
import type { Context } from '#/platform/context.ts'

/** The second factor of an account, in force or still to be confirmed. */
export async function findTotp(ctx: Context, userId: number) {
  const [found] = await ctx.db.select().from(totp).where(eq(totp.user_id, userId))
  return found
}
