import { type Column, getTableColumns, SQL, sql } from 'drizzle-orm'
import type { SQLiteTable, SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { insertFrom, type Insertion, orDefault } from './insert-from.ts'

type Field<T extends SQLiteTable> = keyof T['$inferInsert'] & keyof T['_']['columns'] & string

/** What becomes of a row that is there already. */
type Conflict<T extends SQLiteTable> =
  | 'nothing'
  | {
      /** The columns of the unique index, with the condition of a partial one. */
      target: readonly Field<T>[]
      where?: SQL
      /** The columns that take the new value. */
      update: readonly Field<T>[]
      set?: SQLiteUpdateSetSource<T>
    }

/**
 * Inserts any number of rows by one statement: D1 takes a hundred parameters at most, so what differs from row to row travels as one, in
 * JSON. A value that all rows share may be SQL. Ids follow the order of the rows.
 */
export function insertMany<T extends SQLiteTable>(
  ctx: Pick<Context, 'db'>,
  table: T,
  rows: readonly Insertion<T>[],
  { onConflict }: { onConflict?: Conflict<T> } = {},
) {
  const given = rows as readonly Record<string, unknown>[]
  const shared: Record<string, unknown> = {}
  const differing: unknown[][] = []
  for (const [field, column] of Object.entries(getTableColumns(table))) {
    const first = given[0]?.[field]
    const isShared = given.every((row) => row[field] === first) && !(first === undefined && column.defaultFn)
    shared[field] = isShared ? first : sql`value ->> ${sql.raw(String(differing.length))}`
    if (!isShared) differing.push(given.map((row) => resting(column, orDefault(column, row[field]))))
  }
  const content = given.map((_, index) => differing.map((values) => values[index]))
  const insert = insertFrom(ctx, table, shared as Insertion<T>, sql`json_each(${JSON.stringify(content)}) where true`)
  if (onConflict === 'nothing') return insert.onConflictDoNothing()
  return onConflict ? insert.onConflictDoUpdate(updating(table, onConflict)) : insert
}

/** A value as it rests in the database, if JSON can carry it there. */
function resting(column: Column, value: unknown): unknown {
  if (value === null) return null
  if (value instanceof SQL) throw new Error(`${column.name}: an expression stands for all rows or for none`)
  const driven = column.mapToDriverValue(value)
  if (typeof driven === 'object' || typeof driven === 'bigint') throw new Error(`${column.name}: not for JSON`)
  return driven
}

function updating<T extends SQLiteTable>(table: T, { target, where, update, set }: Exclude<Conflict<T>, 'nothing'>) {
  const columns = getTableColumns(table)
  const taken = update.map((field) => [field, sql`excluded.${sql.identifier(columns[field]!.name)}`])
  return {
    target: target.map((field) => columns[field]!),
    ...(where && { targetWhere: where }),
    set: { ...Object.fromEntries(taken), ...set } as SQLiteUpdateSetSource<T>,
  }
}
