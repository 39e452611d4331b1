import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { leaveToOthers } from '#/platform/database/write/stale.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { hashPassword, isOutdated } from '#/access/identity/index.ts'
import { actorOf } from './session-tokens.ts'
import type { AccountRow } from '#/access/identity/index.ts'
import { userTable } from '#/access/identity/index.ts'

/**
 * The statement that hashes a password anew at today's cost, when it was hashed at a lower one; none otherwise. Only a sign-in can do that, as nothing
 * else knows the password. A password that was changed meanwhile stays.
 */
export async function strengthening(
  ctx: Context,
  { id, password_hash: old }: { id: number; password_hash: string },
  password: string,
) {
  const memoryKib = ctx.settings.PASSWORD_MEMORY_KIB
  if (!isOutdated(old, memoryKib)) return []
  const password_hash = await hashPassword(password, memoryKib)
  const same = and(eq(userTable.id, id), eq(userTable.password_hash, old))
  return [ctx.db.update(userTable).set({ password_hash }).where(same)]
}

/** Does so without a session, which an account with a second factor gets only after its code. */
export async function strengthenNow(ctx: Context, account: AccountRow, [change]: readonly Statement[]) {
  if (!change) return
  const holder = { ...ctx, actor: actorOf(account) }
  const audit = { entity: 'account', id: account.id, summary: 'password hash strengthened' }
  await write(holder, { change, audit }).catch(leaveToOthers)
}
