import { type Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'

/** What goes into the columns of a table, by their names: values as TypeScript has them, or SQL. */
export type Insertion<T extends SQLiteTable> = {
  [Field in keyof T['$inferInsert']]: T['$inferInsert'][Field] | SQL
}

/**
 * Inserts a row for each row of `from`, which ends in its conditions: `where true` at least where an `on conflict` follows. What is not
 * given gets the default that the table declares, else null.
 */
export function insertFrom<T extends SQLiteTable>(
  { db }: Pick<Context, 'db'>,
  table: T,
  values: Insertion<T>,
  from: SQL,
) {
  const given = values as Record<string, unknown>
  const selected = Object.entries(getTableColumns(table)).map(([field, column]) =>
    expressionOf(column, orDefault(column, given[field])),
  )
  return db.insert(table).select(sql`select ${sql.join(selected, sql`, `)} from ${from}`)
}

/** As Drizzle's own insert has it. */
export function orDefault(column: Column, value: unknown): unknown {
  if (value !== undefined) return value
  return column.defaultFn ? column.defaultFn() : (column.default ?? null)
}

function expressionOf(column: Column, value: unknown): SQL {
  if (value === null) return sql`null`
  return is(value, SQL) ? value : sql`${sql.param(value, column)}`
}
