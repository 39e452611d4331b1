import { type Column, type ColumnsSelection, getTableColumns, getViewSelectedFields, type View } from 'drizzle-orm'
import {
  customType,
  integer,
  type SQLiteTable,
  sqliteTable,
  sqliteView,
  text,
  type SQLiteColumnBuilderBase,
} from 'drizzle-orm/sqlite-core'

/** Decimals rest as integers, so sums and comparisons in SQL are exact; in TypeScript and JSON they are plain numbers. */
const scaled = (factor: number) =>
  customType<{ data: number; driverData: number }>({
    dataType: () => 'integer',
    toDriver: (value) => Math.round(value * factor),
    fromDriver: (value) => value / factor,
  })

/** One decimal place (credits): 7.5 rests as 75. */
export const tenths = scaled(10)
/** Two decimal places (weights, scores, percentages): 33.33 rests as 3333. */
export const hundredths = scaled(100)
/** Text that is null in TypeScript and JSON and rests empty, in columns that were made without null. `atRest` writes it. */
export const emptiable = customType<{ data: string | null; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => value ?? '',
  fromDriver: (value) => value || null,
})
export const isEmptiable = (column: Column) => column.mapToDriverValue(null) === ''

/** Values as they go into a table. Drizzle passes null by the mapping of its column. */
export const atRest = <Row extends object>(table: SQLiteTable, values: Row): Row => {
  const columns: Record<string, Column> = getTableColumns(table)
  const empty = Object.entries(values).filter(
    ([name, value]) => value === null && columns[name] && isEmptiable(columns[name]),
  )
  return { ...values, ...Object.fromEntries(empty.map(([name]) => [name, ''])) }
}
export const flag = () => integer({ mode: 'boolean' })

/** Columns every row that a person can edit has. Instants are UTC ISO 8601. */
export const lifecycle = () => ({
  version: integer().notNull().default(1),
  created_at: text().notNull(),
  updated_at: text().notNull(),
  deleted_at: text(),
})

/** Half of the key to what the audit log tells of a person: made by a trigger, never shown, and gone when the person is to be forgotten. */
export const salted = () => ({ audit_salt: text() })

/**
 * What puts people in order by their names (`text/sort-key.ts`), and by which rules it was made. Empty in a row of before, until the job
 * `order-names` has come by: such rows are in front, in the order of their names as written.
 */
export const ordered = () => ({ sort_key: text().notNull().default(''), sorted_by: text().notNull().default('') })

/** Of a row that was there before its number or code had to be unlike every other, and that is not the first of those alike: exempt. */
export const legacy = () => ({ legacy: flag().notNull().default(false) })

/**
 * Two doors to one table: `live` is the view `live_<name>` that every read goes through, `rows` is the table that writes
 * (and the few readers of deleted rows) name. Forgetting the soft-delete filter is thereby impossible.
 */
export const softDeletable = <Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(
  name: Name,
  columns: () => Columns,
) => ({
  rows: sqliteTable(name, columns()),
  live: sqliteView(`live_${name}`, columns()).existing(),
})

/** The columns of a row that no answer shows. */
const bookkeeping = [
  'deleted_at',
  'search_text',
  'registry_text',
  'word_texts',
  'audit_salt',
  'sort_key',
  'sorted_by',
  'number_key',
  'code_key',
  'name_key',
  'legacy',
  'basis',
] as const
export type Bookkeeping = (typeof bookkeeping)[number]

/** The columns of a live view that travel: all but the bookkeeping. */
export function shown<Columns extends ColumnsSelection>(
  view: View<string, boolean, Columns>,
): Omit<Columns, Bookkeeping> {
  const hidden: readonly string[] = bookkeeping
  const columns = Object.entries(getViewSelectedFields(view)).filter(([name]) => !hidden.includes(name))
  return Object.fromEntries(columns) as Omit<Columns, Bookkeeping>
}
