import { and, eq, isNull } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'

/** A kind of document that can be withdrawn. */
interface Revocable<Table, Issue> {
  /** The noun in the audit log. */
  name: string
  table: Table
  find: (db: Database, id: string) => Promise<Issue | undefined>
  notFound: DeclaredError
  alreadyRevoked: DeclaredError
}

/** Makes an issued document worthless: its QR code answers `revoked` from now on. */
export async function revokeDocument<
  Table extends SQLiteTable & Record<'id' | 'revoked_at', SQLiteColumn>,
  Issue extends { revoked_at: string | null },
>(ctx: Context, id: string, { name, table, find, notFound, alreadyRevoked }: Revocable<Table, Issue>) {
  const issue = await find(ctx.db, id)
  if (!issue) throw new ApiError(notFound, { id })
  if (issue.revoked_at) throw new ApiError(alreadyRevoked)
  await write(ctx, {
    change: ctx.db
      .update(table)
      .set({ revoked_at: ctx.now } as Table['$inferInsert'])
      .where(and(eq(table.id, id), isNull(table.revoked_at))),
    audit: { entity: name, id, changes: { revoked_at: { old: null, new: ctx.now } } },
  })
  return { ...issue, revoked_at: ctx.now }
}
