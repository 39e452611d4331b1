import { and, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import type { warnings } from '#/platform/words.ts'
import { alikeKey, identifierKey } from '#/platform/text/identifier.ts'
import { keyColumns } from './derived.ts'
import { insert } from './entity.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Entity, RowOf, Table, Values } from './entity-types.ts'

/** So many are named. */
export const mostAlike = 10

/** The ids of live rows whose identifier differs from this one in 0 and O or leading zeros only. */
function alikeQuery(
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

type Found = Partial<Record<(typeof warnings)[number], readonly { id: number }[]>>

/** What the answer to a new row adds: each warning that there are rows for, and their ids. */
export function warningsOf(found: Found) {
  const some = Object.entries(found).filter(([, rows]) => rows.length > 0)
  if (some.length === 0) return {}
  return {
    warnings: some.map(([warning]) => warning),
    alike_ids: [...new Set(some.flatMap(([, rows]) => rows.map(({ id }) => id)))],
  }
}

/** Inserts a row and warns when its number or code, if it has one, is easily taken for another; `asks` may look for more. */
export async function insertWarning<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  values: Values<T>,
  asks: Partial<Record<keyof Found, Statement>> = {},
): Promise<RowOf<Rows>> {
  if (!of.identifier) return insert(ctx, of, values)
  const text = (values as Record<string, unknown>)[of.identifier] as string
  const made = await insert(ctx, of, values, { asks: { ...asks, LOOKS_ALIKE: alikeQuery(ctx.db, of, text) } })
  const { LIKELY_TWIN = [], LOOKS_ALIKE = [], ...row } = made as Found
  return { ...row, ...warningsOf({ LIKELY_TWIN, LOOKS_ALIKE }) } as RowOf<Rows>
}
