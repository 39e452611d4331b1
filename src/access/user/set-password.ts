import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { hashPassword, userTable, verifyPassword } from '#/access/identity/index.ts'

interface Holder {
  id: number
  password_hash: string
}

/**
 * The statements that give an account a new password, the first of which changes nothing when somebody else just did, and make its
 * devices unknown: `knowAlone`. Its sessions end in the same write: `endingSessions`. Throws VALIDATION_ERROR for the password that it
 * has: ask once it is proved whose it is.
 */
export async function settingPassword(
  ctx: Context,
  { id, password_hash: old }: Holder,
  password: string,
): Promise<[setting: Statement, ...rest: Statement[]]> {
  if (await verifyPassword(password, old)) throw refused([{ ...present, message: presentText[ctx.language] }])
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

const present = { in: 'body', path: 'new_password', code: 'password_same' } as const
const presentText = {
  en: 'Use another password than the one that the account has.',
  el: 'Χρησιμοποιήστε άλλον κωδικό από αυτόν που έχει ο λογαριασμός.',
}
