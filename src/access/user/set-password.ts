import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { hashPassword } from '#/access/identity/index.ts'
import { userTable } from '#/access/identity/index.ts'

interface Holder {
  id: number
  password_hash: string
}

/**
 * The statements that give an account a new password, the first of which changes nothing when somebody else just did, and make its
 * devices unknown: `knowAlone`. Its sessions end in the same write: `endingSessions`.
 */
export async function settingPassword(
  ctx: Context,
  { id, password_hash: old }: Holder,
  password: string,
): Promise<[setting: Statement, ...rest: Statement[]]> {
  const password_hash = await hashPassword(password, ctx.settings.PASSWORD_MEMORY_KIB)
  return [
    ctx.db
      .update(userTable)
      .set({
        password_hash,
        device_generation: sql`${userTable.device_generation} + 1`,
        version: sql`${userTable.version} + 1`,
        updated_at: ctx.now,
      })
      .where(and(eq(userTable.id, id), eq(userTable.password_hash, old))),
  ]
}
