import { and, eq } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import type { Entity, Table } from './entity-types.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from './write.ts'

interface Parts<Read extends Statement> {
  /** What the audit log calls them. */
  name: string
  before: unknown
  wanted: unknown
  /** Deletes the old parts and inserts the new ones. */
  also: readonly Statement[]
  read: Read
  /** What else the answer is to tell, by the names for it. */
  asks?: Readonly<Record<string, Statement>>
  /** More for the audit row. */
  changes?: Changes
}

/** Replaces what belongs to a row, and answers `read` and `asks`. The row gets a new version, unless someone else changed it since it was read. */
export async function replaceParts<T extends Table, Rows extends SQLiteSelect, Read extends Statement>(
  ctx: Context,
  of: Entity<T, Rows>,
  { id, version }: { id: number; version: number },
  { name, before, wanted, changes, ...more }: Parts<Read>,
) {
  const { read, answers } = await write(ctx, {
    change: ctx.db
      .update(of.table)
      .set({ version: version + 1, updated_at: ctx.now } as T['$inferInsert'])
      .where(and(eq(of.table.id, id), eq(of.table.version, version))),
    audit: { entity: of.name, id, changes: { [name]: { old: before, new: wanted }, ...changes } },
    ...more,
  })
  return { read, answers }
}
