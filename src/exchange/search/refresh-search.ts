import { and, getTableColumns, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { type Derivation, derivedOf } from '#/platform/database/write/derived.ts'

const rowsAtOnce = 2000
const rounds = 10

/** What rows are found by; each is whole once it has a line feed. */
const searched = ['search_text', 'registry_text'] as const
const refreshed = [...searched, 'word_texts'] as const

interface Found extends Derivation {
  table: SQLiteTable & { version?: SQLiteColumn }
  /** The columns that a row is told by. */
  key?: readonly string[]
}

/**
 * Computes the search columns anew for rows that an older Lyceum wrote, without skeletons; deleted rows too, for they may come back. Takes
 * 20,000 rows of a table at most, so that a run is bounded; the next goes on. The columns are derived, so version and audit log do not change. Returns how many.
 */
export async function refreshSearch(ctx: Context, { table, key = ['id'], findable, confided, repeated }: Found) {
  const columns: Record<string, SQLiteColumn> = getTableColumns(table)
  const names = refreshed.filter((name) => name in columns)
  const lacking = or(
    ...searched.flatMap((name) => (columns[name] ? [sql`instr(${columns[name]}, char(10)) = 0`] : [])),
  )!
  const unchanged = table.version ? sql`${table.version} is value ->> 'version'` : lacking
  const set = sql.join(
    names.map((name) => sql`${sql.identifier(name)} = value ->> ${`$.texts.${name}`}`),
    sql`, `,
  )
  let count = 0
  for (let round = 0; round < rounds; round += 1) {
    const rows = await ctx.db.select().from(table).where(lacking).limit(rowsAtOnce)
    if (rows.length === 0) break
    await ctx.db.run(rewriting(rows))
    count += rows.length
  }
  return count

  function rewriting(rows: Record<string, unknown>[]): SQL {
    const anew = rows.map((row) => {
      const texts = derivedOf({ findable, confided, repeated }, row, ctx.settings)
      return { keys: key.map((name) => row[name]), version: row['version'], texts }
    })
    return sql`update ${table} set ${set} from json_each(${JSON.stringify(anew)}) where ${and(...key.map((name, i) => sql`${columns[name]!} = value ->> ${`$.keys[${i}]`}`), unchanged)}`
  }
}
