import { getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Settings } from '#/platform/env.ts'
import { searchText } from '#/platform/text/fold.ts'
import { identifierKey, nameKey } from '#/platform/text/identifier.ts'
import { orderMark, sortKey } from '#/platform/text/sort-key.ts'

type Texts = (string | null | undefined)[]

/** Of a kind of row: what its derived columns are made of. */
export interface Derivation {
  /** The fields that `?search=` looks through. */
  findable?: ((row: never) => Texts) | undefined
  /** Those that it looks through for readers alone who see them. */
  confided?: ((row: never) => Texts) | undefined
  /** The texts that rows of other tables repeat. */
  repeated?: ((row: never) => Texts) | undefined
  /** The columns of a person's name, in the order in which they count in lists. */
  named?: readonly string[] | undefined
  /** The column that people tell such rows apart by. */
  identifier?: Identifier | undefined
}

/** Columns that identify a row to people, with the columns of their keys. */
export const keyColumns = {
  student_number: 'number_key',
  code: 'code_key',
  number: 'number_key',
  name: 'name_key',
} as const
export type Identifier = keyof typeof keyColumns
/** The key of what such a column holds. */
export const keyOf = (column: Identifier, text: string): string => (column === 'name' ? nameKey : identifierKey)(text)

/** What rests beside a row's own columns so that SQL can search and order it. */
export function derivedOf(
  { findable, confided, repeated, named, identifier }: Derivation,
  row: object,
  { NAME_ORDER }: Pick<Settings, 'NAME_ORDER'>,
) {
  return {
    ...(findable && { search_text: searchText(...findable(row as never)) }),
    ...(confided && { registry_text: searchText(...confided(row as never)) }),
    ...(repeated && { word_texts: foldedBy(repeated(row as never)) }),
    ...(named && orderOf(named, row, NAME_ORDER)),
    ...(identifier && { [keyColumns[identifier]]: keyOf(identifier, (row as Record<Identifier, string>)[identifier]) }),
  }
}

/** JSON: each of the texts with what it is found by. */
const foldedBy = (texts: Texts) =>
  JSON.stringify(Object.fromEntries(texts.filter((text) => text).map((text) => [text, searchText(text)])))

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

const derivedNames = [
  'search_text',
  'registry_text',
  'word_texts',
  'sort_key',
  'sorted_by',
  ...new Set(Object.values(keyColumns)),
]

/** The derived columns that a table has. */
export const derivedColumns = (table: SQLiteTable): string[] =>
  derivedNames.filter((name) => name in getTableColumns(table))
