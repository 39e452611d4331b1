import {
  and,
  eq,
  getViewSelectedFields,
  isNotNull,
  ne,
  or,
  sql,
  type SQL,
  type SQLWrapper,
  type View,
} from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { keyColumns, keyOf, type Identifier } from '#/platform/database/write/derived.ts'
import type { DeclaredError, Phrase } from '#/platform/errors.ts'

/** Fields of a row as the API names and writes them. */
export type Fields = Readonly<Record<string, unknown>>

interface Asked {
  ctx: Context
  /** Of the row that is changed; 0 of a new one, which no row has. */
  id: number
}

/**
 * What a row is refused for, however well-formed its fields are, and the field to correct. The database holds it (or the use case); as a
 * question it tells what else is wrong beside the first refusal.
 */
export interface Rule {
  error: DeclaredError
  /** Nothing is asked unless all of them are known and one of them is new. The first is the one to correct. */
  fields: readonly [string, ...string[]]
  /** What is known already, or what the database is to be asked. */
  breaks: (row: Fields, asked: Asked) => boolean | SQL
  /** In place of the error's own code and text, where it says less. */
  says?: Phrase & { code: string }
}

/** What the row says by itself. */
export const fits = (
  error: DeclaredError,
  fields: Rule['fields'],
  breaks: (row: Fields, asked: Asked) => boolean,
  says?: Rule['says'],
): Rule => ({ error, fields, breaks, ...(says && { says }) })

/** What the database knows. */
export const asks = (
  error: DeclaredError,
  fields: Rule['fields'],
  breaks: (row: Fields, asked: Asked) => boolean | SQL,
): Rule => ({
  error,
  fields,
  breaks,
})

/** No live row has these values; the first column is the field to correct. Where they are new the row itself has others. */
export function unlike(error: DeclaredError, live: View, ...columns: [SQLiteColumn, ...SQLiteColumn[]]): Rule {
  const fields = columns.map(({ name }) => name) as [string, ...string[]]
  return asks(error, fields, (row) => {
    const same = columns.map((column) => eq(column, row[column.name]))
    return sql`exists (select 1 from ${live} where ${and(...same)})`
  })
}

/** No other live row, of those with these columns in common, has a number or code that is, or looks like, this one. */
export const unlikeIdentifier = (
  error: DeclaredError,
  live: View,
  field: Identifier,
  ...within: readonly SQLiteColumn[]
): Rule =>
  asks(error, [field, ...within.map(({ name }) => name)], (row, { id }) => {
    const { [field]: written, [keyColumns[field]]: key, legacy } = columnsOf(live)
    const text = row[field] as string
    const isAlike = and(eq(key!, keyOf(field, text)), legacy && eq(legacy, 0))
    const beside = within.map((column) => eq(column, row[column.name]))
    return sql`exists (select 1 from ${live} where ${and(ne(idOf(live), id), ...beside, or(eq(written!, text), isAlike))})`
  })

/** A row that is there, where one is named. */
export const there = (error: DeclaredError, field: string, column: SQLiteColumn, of: SQLWrapper): Rule => ({
  error,
  fields: [field],
  breaks: (row) => row[field] !== null && sql`not exists (select 1 from ${of} where ${eq(column, row[field])})`,
})

/** A row that takes others: not archived. Of one that is not there `there` speaks. */
export const unarchived = (
  error: DeclaredError,
  field: string,
  { id, archived_at }: Record<'id' | 'archived_at', SQLiteColumn>,
  of: SQLWrapper,
): Rule =>
  asks(
    error,
    [field],
    (row) => sql`exists (select 1 from ${of} where ${and(eq(id, row[field]), isNotNull(archived_at))})`,
  )

const columnsOf = (view: View) => getViewSelectedFields(view) as unknown as Record<string, SQLiteColumn>
const idOf = (view: View) => columnsOf(view).id!
