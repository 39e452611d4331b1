import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { orderMark } from '#/platform/text/sort-key.ts'
import { userEntity, userTable } from '#/access/identity/index.ts'
import { invitation } from '#/access/invitation/table.ts'
import { applicationEntity } from '#/admission/application/queries.ts'
import { applicationTable } from '#/admission/application/table.ts'
import { studentEntity } from '#/people/student/index.ts'
import { studentTable } from '#/people/student/table.ts'

type Row = Record<string, string> & { id: number }

const rowsAtOnce = 2000
const rounds = 10

/** Every table of people, with the columns of their names. */
const tables = [
  { table: studentTable, named: studentEntity.named! },
  { table: userTable, named: userEntity.named! },
  { table: applicationTable, named: applicationEntity.named! },
  { table: invitation, named: ['full_name'] },
] as const

/**
 * Makes the keys that order names of rows that have none, or one of another `NAME_ORDER`; deleted rows too, for they may come back. Takes
 * 20,000 rows of a table at most, so that a run is bounded; the next goes on. Keys are derived, so version and audit log do not change. Returns
 * how many.
 */
export async function orderNames(ctx: Context): Promise<number> {
  let made = 0
  for (const of of tables) made += await orderTable(ctx, of)
  return made
}

async function orderTable(ctx: Context, of: (typeof tables)[number]): Promise<number> {
  let made = 0
  for (let round = 0; round < rounds; round += 1) {
    const rows = await findUnordered(ctx, of)
    if (rows.length > 0) await ctx.db.run(keeping(ctx, of, rows))
    made += rows.length
    if (rows.length < rowsAtOnce) break
  }
  return made
}

const findUnordered = (ctx: Context, { table, named }: (typeof tables)[number]) => {
  const mark = orderMark(ctx.settings.NAME_ORDER)
  const { id, name_order } = getTableColumns(table)
  return ctx.db.all<Row>(sql`select ${sql.join([id, ...columnsOf(table, named)], sql`, `)} from ${table}
    where ${name_order} < ${mark} or ${name_order} > ${mark} limit ${rowsAtOnce}`)
}

/** A row whose name was changed since has its key already. */
function keeping(ctx: Context, { table, named }: (typeof tables)[number], rows: readonly Row[]): SQL {
  const made = rows.map((row) => {
    const { sort_key, name_order } = derivedOf({ named }, row, ctx.settings)
    return [row.id, sort_key, name_order, ...named.map((column) => row[column])]
  })
  const unchanged = columnsOf(table, named).map((column, i) => sql`${column} = value ->> ${sql.raw(String(3 + i))}`)
  return sql`update ${table} set sort_key = value ->> 1, name_order = value ->> 2 from json_each(${JSON.stringify(made)})
    where ${table.id} = value ->> 0 and ${sql.join(unchanged, sql` and `)}`
}

const columnsOf = (table: (typeof tables)[number]['table'], named: readonly string[]) =>
  named.map((name) => (getTableColumns(table) as Record<string, SQLiteColumn>)[name]!)
