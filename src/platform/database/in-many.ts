import { is, SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** Values as what stands behind `in`: any number of them travel as one parameter, of which D1 takes a hundred at most. */
export const many = (values: readonly unknown[]): SQL => sql`(select value from json_each(${JSON.stringify(values)}))`

/** `column in (...)`, however many values; an expression takes them as they are. */
export const inMany = (column: SQLiteColumn | SQL, values: readonly unknown[]): SQL =>
  sql`${column} in ${many(is(column, SQL) ? values : values.map((value) => column.mapToDriverValue(value)))}`
