import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { user, userTable } from './table.ts'

/** Fails the batch unless the account is active and as it was read: what was proved is still what opens it. */
export const expectAccount = (ctx: Context, { id, version }: { id: number; version: number }) =>
  expectThat(
    ctx,
    sql`exists (select 1 from ${user} where ${user.id} = ${id} and ${user.version} = ${version} and ${user.is_active} = 1)`,
  )

/** A statement for a write that changes what opens an account without touching its row. */
export const advancingVersion = (ctx: Context, id: number) =>
  ctx.db
    .update(userTable)
    .set({ version: sql`${userTable.version} + 1` })
    .where(eq(userTable.id, id))
