import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Entity, Table } from '#/platform/database/write/entity-types.ts'
import { searchText } from '#/platform/text/fold.ts'

const rowsAtOnce = 2000
const rounds = 10

/**
 * Computes the search column anew for rows that an older Lyceum wrote, without skeletons; deleted rows too, for they may come back. Takes
 * 20,000 rows of a table at most, so that a run is bounded; the next goes on. The column is derived, so version and audit log do not change. Returns how many.
 */
export async function refreshSearch<T extends Table, Rows extends SQLiteSelect>(ctx: Context, of: Entity<T, Rows>) {
  const { table, findable = () => [] } = of
  const searched = getTableColumns(table)['search_text']!
  let refreshed = 0
  for (let round = 0; round < rounds; round += 1) {
    const rows = await ctx.db
      .select()
      .from(table)
      .where(sql`instr(${searched}, char(10)) = 0`)
      .limit(rowsAtOnce)
    if (rows.length === 0) break
    const texts = rows.map((row) => [row.id, row.version, searchText(...findable(row as T['$inferInsert']))])
    await ctx.db
      .run(sql`update ${table} set ${sql.identifier(searched.name)} = value ->> 2 from json_each(${JSON.stringify(texts)})
      where ${table.id} = value ->> 0 and ${table.version} = value ->> 1`)
    refreshed += rows.length
  }
  return refreshed
}
