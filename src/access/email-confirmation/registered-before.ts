import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { userTable } from '#/access/identity/index.ts'

/** Whether an account gave way to this e-mail's present one, however long ago: two have registered it, of whom one is a stranger. */
export async function wasRegisteredBefore({ db }: Context, { email }: { email: string }): Promise<boolean> {
  const gaveWay = and(isNotNull(userTable.deleted_at), isNull(userTable.known_since))
  const found = await db
    .select({ id: userTable.id })
    .from(userTable)
    .where(and(eq(userTable.email, email), gaveWay))
    .limit(1)
  return found.length > 0
}
