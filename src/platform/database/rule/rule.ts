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
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { keyColumns, type Identifier } from '#/platform/database/write/derived.ts'
import type { DeclaredError, Phrase } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'

/** Fields of a row as the API names and writes them. */
export type Fields = Readonly<Record<string, unknown>>

interface Asked {
  ctx: Context
  /** Of the row that is changed, or that the path names; 0 of a new one, which no row has. */
  id: number
}

/** A place that a rule finds wrong. What it does not say is as the rule has it: its first field, its error and text. */
export type Spot = Partial<Pick<FieldProblem, 'path' | 'code' | 'message'>>

export type Verdict = boolean | readonly Spot[] | SQL

/**
 * What a row, or another body, is refused for, however well-formed its fields are, and the field to correct. The database holds it (or the use
 * case); as a question it tells what else is wrong beside the first refusal.
 */
export interface Rule {
  error: DeclaredError
  /** Nothing is asked unless all of them are known and one of them is new. The first is the one to correct. */
  fields: readonly [string, ...string[]]
  /** Those that it looks at, too, where they are given: it is left out when they are not well-formed. */
  beside?: readonly string[]
  /** It looks at parts one by one, so that those which are not well-formed, holes of a list, keep it from nothing else. */
  isPiecewise?: true
  /** `changed`: these fields are given otherwise than the row has them. `absent`: the first is not given for a new one. */
  of?: 'changed' | 'absent'
  /** What is known already: whether, or where. Or what the database is to be asked, which answers 0, 1 or paths as a list of JSON. */
  breaks: (row: Fields, asked: Asked) => Verdict | Promise<Verdict>
  /** In place of the error's own code and text, where it says less. */
  says?: Phrase & { code: string }
}

/** What the row says by itself. */
export const fits = (
  error: DeclaredError,
  fields: Rule['fields'],
  breaks: (row: Fields, asked: Asked) => boolean | readonly Spot[] | Promise<readonly Spot[]>,
  more: Pick<Rule, 'says' | 'beside' | 'isPiecewise'> = {},
): Rule => ({ error, fields, breaks, ...more })

/** What the database knows. */
export const asks = (
  error: DeclaredError,
  fields: Rule['fields'],
  breaks: (row: Fields, asked: Asked) => SQL,
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
    const isAlike = and(eq(key!, identifierKey(text)), legacy && eq(legacy, 0))
    const beside = within.map((column) => eq(column, row[column.name]))
    return sql`exists (select 1 from ${live} where ${and(ne(idOf(live), id), ...beside, or(eq(written!, text), isAlike))})`
  })

/** A row that is there, where one is named. */
export const there = (error: DeclaredError, field: string, column: SQLiteColumn, of: SQLWrapper): Rule => ({
  error,
  fields: [field],
  breaks: (row) => row[field] !== null && sql`not exists (select 1 from ${of} where ${eq(column, row[field])})`,
})

interface Found {
  notFound: DeclaredError
  id: SQLiteColumn
  rows: (db: Database) => SQLiteSelect
  visible?: (ctx: Context) => SQL | undefined
}

/** A row of that kind, of those that the caller may see, where one is named. */
export const found = (of: Found, field: string): Rule => ({
  error: of.notFound,
  fields: [field],
  breaks: (row, { ctx }) =>
    row[field] !== null && sql`not exists ${of.rows(ctx.db).where(and(eq(of.id, row[field]), of.visible?.(ctx)))}`,
})

/** An id in a list of the body, and where it stands. */
interface Named {
  path: string
  id: unknown
}

/** Rows that are there, where several are named; `of` are the ids of those that are. */
export const eachThere = (
  error: DeclaredError,
  field: string,
  namedIn: (given: unknown) => readonly Named[],
  of: SQLWrapper,
): Rule => ({
  error,
  fields: [field],
  isPiecewise: true,
  breaks: (row) => pathsOf(namedIn(row[field]), sql`value ->> 'id' not in ${of}`),
})

/** For the answer of a rule: the paths of those that are so; SQL reads them as `value`. */
export const pathsOf = (named: readonly { path: string }[], is: SQL): SQL =>
  sql`select json_group_array(value ->> 'path') from json_each(${JSON.stringify(named)}) where ${is}`

/** A field that stays as the row was made with it; other rules see it so. */
export const stays = (error: DeclaredError, field: string): Rule => ({
  error,
  fields: [field],
  of: 'changed',
  breaks: () => true,
})

/** A field that a new one cannot do without, although its schema lets it be left out. */
export const needed = (error: DeclaredError, field: string, breaks: (asked: Asked) => boolean = () => true): Rule => ({
  error,
  fields: [field],
  of: 'absent',
  breaks: (_, asked) => breaks(asked),
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
