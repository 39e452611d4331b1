import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'

const rowsAtOnce = 5000
const rounds = 10

/**
 * Deletes the rows of a table for which `where` holds, 5,000 a statement and 50,000 a run, so that neither takes long however much has
 * piled up; the next run goes on. `key` are the columns of its primary key. Returns how many it deleted.
 */
export async function deleteSome(
  { db }: Pick<Context, 'db'>,
  table: SQLiteTable,
  key: readonly SQLiteColumn[],
  where: SQL,
): Promise<number> {
  const columns = sql.join([...key], sql`, `)
  let deleted = 0
  for (let round = 0; round < rounds; round += 1) {
    const { meta } = await db.run(
      sql`delete from ${table} where (${columns}) in (select ${columns} from ${table} where ${where} limit ${rowsAtOnce})`,
    )
    deleted += meta.changes
    if (meta.changes < rowsAtOnce) break
  }
  return deleted
}
