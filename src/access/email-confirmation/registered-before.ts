import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { userTable } from '#/access/identity/index.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Whether an account gave way to this e-mail's present one within a day: two have registered it, of whom one is a stranger. */
export async function wasRegisteredBefore({ db, now }: Context, { email }: { email: string }): Promise<boolean> {
  const since = new Date(Date.parse(now) - dayMs).toISOString()
  const gaveWay = and(isNotNull(userTable.deleted_at), isNull(userTable.known_since), gt(userTable.deleted_at, since))
  const found = await db
    .select({ id: userTable.id })
    .from(userTable)
    .where(and(eq(userTable.email, email), gaveWay))
    .limit(1)
  return found.length > 0
}
