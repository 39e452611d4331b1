import { and, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import type { warnings } from '#/platform/words.ts'
import { alikeKey, identifierKey } from '#/platform/text/identifier.ts'
import { keyColumns } from './derived.ts'
import { insert } from './entity.ts'
import type { Entity, Table, Values } from './entity-types.ts'

/** So many are named. */
export const mostAlike = 10

/** The ids of live rows whose identifier differs from this one in 0 and O or leading zeros only. */
export function alikeQuery(
  db: Database,
  { table, identifier }: Pick<Entity<Table, SQLiteSelect>, 'table' | 'identifier'>,
  text: string,
) {
  const column = (getTableColumns(table) as Record<string, SQLiteColumn>)[keyColumns[identifier!]]!
  const key = identifierKey(text)
  return db
    .select({ id: table.id })
    .from(table)
    .where(
      and(eq(sql`ltrim(replace(${column}, 'O', '0'), '0')`, alikeKey(key)), ne(column, key), isNull(table.deleted_at)),
    )
    .limit(mostAlike)
}

/** What the answer to a new row adds: each warning that there are rows for. */
export function warningsOf(found: Partial<Record<(typeof warnings)[number], readonly { id: unknown }[]>>) {
  const some = Object.entries(found).filter(([, rows]) => rows.length > 0)
  if (some.length === 0) return {}
  const ids = some.flatMap(([, rows]) => rows.map(({ id }) => id as number))
  return { warnings: some.map(([word]) => word as (typeof warnings)[number]), alike_ids: [...new Set(ids)] }
}

/** Inserts a row, and says when its number or code, if it has one, is easily taken for another. */
export async function insertWarning<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  values: Values<T>,
) {
  if (!of.identifier) return insert(ctx, of, values)
  const text = (values as Record<string, unknown>)[of.identifier]
  const LOOKS_ALIKE = await alikeQuery(ctx.db, of, text as string)
  return { ...(await insert(ctx, of, values)), ...warningsOf({ LOOKS_ALIKE }) }
}
