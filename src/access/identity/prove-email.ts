import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { userTable } from './table.ts'

/** For a write in which a mailed token came back: the e-mail is the account's. Changes nothing when that was known, or it has another e-mail by now. */
export const provingEmail = (ctx: Context, { id, email }: { id: number; email: string }) =>
  ctx.db
    .update(userTable)
    .set({ email_verified_at: ctx.now, version: sql`${userTable.version} + 1`, updated_at: ctx.now })
    .where(
      and(
        eq(userTable.id, id),
        eq(userTable.email, email),
        isNull(userTable.email_verified_at),
        isNull(userTable.deleted_at),
      ),
    )
