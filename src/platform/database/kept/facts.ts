import { Column, getTableName, SQL, sql, type SQLWrapper } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { type Database, drafting } from '#/platform/database/connect.ts'
import { dialect } from '#/platform/database/dialect.ts'
import { decoderOf, orNull, readRows } from '#/platform/database/read-rows.ts'
import { filled, type Given, given, type Values, type Written } from './given.ts'

/** Anything that `db.select()` makes; its rows may have fields within fields. */
type Select = { _: { result: unknown[] }; toSQL: () => Written }
type Rows<Reads extends Record<string, Select>> = { [Name in keyof Reads]: Reads[Name]['_']['result'] }

type Decode = (value: unknown) => unknown
interface Field {
  path: readonly string[]
  decode: Decode | null
  /** The first field of a row that an outer join may not find: null stands for the whole of it. */
  tells: boolean
}
interface Facts extends Written {
  parts: readonly { name: string; fields: readonly Field[] }[]
}

/** The relation that the selects of `facts` read what is asked about from. */
export const wanted = sql.raw('wanted')

interface Asked {
  /** What makes another text. */
  variant?: string
  /** What `wanted` is: a relation with these columns. */
  wanted?: { columns: readonly string[]; of: SQLWrapper }
}

/**
 * What a decision is made of: several selects as one statement that is written once. `make` may look at `variant` only; what else differs is
 * `given`, and the relation `wanted`. Each select answers as one JSON text, so its columns are numbers and texts.
 */
export function facts<Name extends string, Reads extends Record<string, Select>>(
  make: (draft: { db: Database }, given: Given<Name>, variant: string) => Reads,
) {
  const known = new Map<string, Facts>()
  return async (
    { db }: Pick<Context, 'db'>,
    values: Values<Name>,
    { variant = '', wanted: about }: Asked = {},
  ): Promise<Rows<Reads>> => {
    const one = known.get(variant) ?? gathered(make({ db: drafting }, given as Given<Name>, variant))
    known.set(variant, one)
    const head = about ? dialect.sqlToQuery(relation(about)) : { sql: '', params: [] }
    const query = { text: head.sql + one.sql, params: [...head.params, ...filled(one, values)], plan: [] }
    const [texts] = (await readRows(db, query)) as [Record<string, string>]
    const rows = one.parts.map(({ name, fields }) => [name, JSON.parse(texts[name]!).map(reading(fields))])
    return Object.fromEntries(rows) as Rows<Reads>
  }
}

const relation = ({ columns, of }: NonNullable<Asked['wanted']>) =>
  sql`with ${wanted} (${sql.raw(columns.join(', '))}) as materialized (select * from ${of}) `

function gathered(reads: Record<string, Select>): Facts {
  const written = Object.entries(reads).map(([name, select]) => ({ name, ...select.toSQL(), fields: fieldsOf(select) }))
  const parts = written.map(({ name, sql: text, fields }) => {
    const columns = fields.map((_, i) => `c${i}`).join(', ')
    return `(with part (${columns}) as (${text}) select json_group_array(json_array(${columns})) from part) as "${name}"`
  })
  return { sql: `select ${parts.join(', ')}`, params: written.flatMap(({ params }) => params), parts: written }
}

const reading = (fields: readonly Field[]) => (values: unknown[]) => {
  const row: Record<string, unknown> = {}
  for (const [i, { path, decode, tells }] of fields.entries()) {
    const value = decode ? orNull(decode, values[i]) : values[i]
    const [first, second] = path as [string, string?]
    if (second === undefined) row[first] = value
    else if (tells && value === null) row[first] = null
    else if (row[first] !== null) {
      const within = (row[first] ??= {}) as Record<string, unknown>
      within[second] = value
    }
  }
  return row
}

/** Drizzle keeps the fields of a select out of its types, and which tables its joins may not find. */
interface Built {
  config: { fields: Record<string, unknown> }
  joinsNotNullableMap: Record<string, boolean>
}

function fieldsOf(select: Select): Field[] {
  const { config, joinsNotNullableMap: isThere } = select as unknown as Built
  return Object.entries(config.fields).flatMap(([name, field]) =>
    isField(field)
      ? [{ path: [name], decode: decoderOf(field), tells: false }]
      : Object.entries(field as Record<string, unknown>).map(([within, column], i) => ({
          path: [name, within],
          decode: decoderOf(column),
          tells: i === 0 && column instanceof Column && isThere[getTableName(column.table)] === false,
        })),
  )
}

const isField = (field: unknown) => field instanceof Column || field instanceof SQL || field instanceof SQL.Aliased
