import { and, getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { orderMark } from '#/platform/text/sort-key.ts'
import { userTable } from '#/access/identity/table.ts'
import { invitation } from '#/access/invitation/table.ts'
import { applicationTable } from '#/admission/application/table.ts'
import { studentTable } from '#/people/student/table.ts'

/** Every table of people, with the columns of their names in the order in which they count. */
export const tables = [
  { table: studentTable, named: ['last_name', 'first_name'] },
  { table: userTable, named: ['full_name'] },
  { table: applicationTable, named: ['last_name', 'first_name'] },
  { table: invitation, named: ['full_name'] },
] as const

type Ordered = (typeof tables)[number]
type Row = Record<string, string> & { id: number }

export function findUnordered(ctx: Context, { table, named }: Ordered, limit: number) {
  const mark = orderMark(ctx.settings.NAME_ORDER)
  return ctx.db.all<Row>(sql`select ${sql.join([table.id, ...columnsOf(table, named)], sql`, `)} from ${table}
    where ${table.sorted_by} < ${mark} or ${table.sorted_by} > ${mark} limit ${limit}`)
}

/** A row whose name was changed since it was read has its key already. */
export function keepingOrder(ctx: Context, { table, named }: Ordered, rows: readonly Row[]) {
  const made = rows.map((row) => {
    const { sort_key, sorted_by } = derivedOf({ named }, row, ctx.settings)
    return [row.id, sort_key, sorted_by, ...named.map((column) => row[column])]
  })
  const unchanged = columnsOf(table, named).map((column, i) => sql`${column} = value ->> ${sql.raw(String(3 + i))}`)
  return ctx.db
    .update(table)
    .set({ sort_key: sql`value ->> 1`, sorted_by: sql`value ->> 2` })
    .from(sql`json_each(${JSON.stringify(made)})`)
    .where(and(sql`${table.id} = value ->> 0`, ...unchanged))
}

const columnsOf = (table: Ordered['table'], named: readonly string[]) =>
  named.map((name) => (getTableColumns(table) as Record<string, SQLiteColumn>)[name]!)
