import { getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Settings } from '#/platform/env.ts'
import { searchText } from '#/platform/text/fold.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { orderMark, sortKey } from '#/platform/text/sort-key.ts'

/** Of a kind of row: what its derived columns are made of. */
export interface Derivation {
  /** The fields that `?search=` looks through. */
  findable?: ((row: never) => (string | null | undefined)[]) | undefined
  /** The columns of a person's name, in the order in which they count in lists. */
  named?: readonly string[] | undefined
  /** The column that people tell such rows apart by. */
  identifier?: Identifier | undefined
}

/** Columns that identify a row to people, with the columns of their keys. */
export const keyColumns = { student_number: 'number_key', code: 'code_key', number: 'number_key' } as const
export type Identifier = keyof typeof keyColumns

/** What rests beside a row's own columns so that SQL can search and order it. */
export function derivedOf(
  { findable, named, identifier }: Derivation,
  row: object,
  { NAME_ORDER }: Pick<Settings, 'NAME_ORDER'>,
) {
  return {
    ...(findable && { search_text: searchText(...findable(row as never)) }),
    ...(named && orderOf(named, row, NAME_ORDER)),
    ...(identifier && { [keyColumns[identifier]]: identifierKey((row as Record<Identifier, string>)[identifier]) }),
  }
}

const orderOf = (named: readonly string[], row: object, order: Settings['NAME_ORDER']) => {
  const values = row as Record<string, string | null | undefined>
  return {
    sort_key: sortKey(
      named.map((column) => values[column]),
      order,
    ),
    sorted_by: orderMark(order),
  }
}

const derivedNames = ['search_text', 'sort_key', 'sorted_by', ...new Set(Object.values(keyColumns))]

/** The derived columns that a table has. */
export const derivedColumns = (table: SQLiteTable): string[] =>
  derivedNames.filter((name) => name in getTableColumns(table))
