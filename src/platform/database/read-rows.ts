import { Column, eq, noopDecoder, SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import { clientOf, type Database } from './connect.ts'
import { dialect } from './dialect.ts'

type Row = Record<string, unknown>
type Decode = (value: unknown) => unknown
type Plan = readonly { field: string; decode: Decode | null }[]
type Decoded = { field: string; decode: Decode }

/** A select over flat fields, joins included, without its conditions. The function itself is the key of what is made once. */
export type RowSource = (db: Database) => SQLiteSelect

/** A query with its parameters, and how its rows are read. */
export interface PlannedQuery {
  text: string
  params: unknown[]
  plan: Plan
}

interface Asked {
  where?: SQL | undefined
  orderBy?: readonly SQL[]
  limit?: number
  offset?: number
}

/** The rows of `source` that are asked for. Selection and joins are built once; only the conditions are built for each request. */
export function selecting(
  db: Database,
  source: RowSource,
  { where, orderBy = [], limit, offset = 0 }: Asked,
): PlannedQuery {
  const { text, plan } = baseOf(db, source)
  const parts = [
    ...(where ? [sql`where ${where}`] : []),
    ...(orderBy.length > 0 ? [sql`order by ${sql.join([...orderBy], sql`, `)}`] : []),
    ...(limit === undefined ? [] : [sql`limit ${limit} offset ${offset}`]),
  ]
  const tail = dialect.sqlToQuery(sql.join(parts, sql` `))
  return { text: `${text} ${tail.sql}`, params: tail.params, plan }
}

/** One row by its id, for those who may see every row: the text is always the same. */
export function selectingOne(db: Database, source: RowSource, column: SQLiteColumn, id: number): PlannedQuery {
  const known = byIds.get(source) ?? selecting(db, source, { where: eq(column, 0) })
  byIds.set(source, known)
  return { ...known, params: [id] }
}

const byIds = new WeakMap<RowSource, PlannedQuery>()

/** A query that is written out and answers these fields as they rest. */
export function written(query: SQL, fields: readonly string[]): PlannedQuery {
  const { sql: text, params } = dialect.sqlToQuery(query)
  return { text, params, plan: fields.map((field) => ({ field, decode: null })) }
}

interface Counting {
  where?: SQL | undefined
  /** Where counting ends. */
  limit?: number
}

/** How many rows that would be, `limit` at most. */
export function counting(db: Database, source: RowSource, { where, limit }: Counting): PlannedQuery {
  const tail = sql.join(
    [...(where ? [sql`where ${where}`] : []), ...(limit === undefined ? [] : [sql`limit ${limit}`])],
    sql` `,
  )
  const { sql: text, params } = dialect.sqlToQuery(tail)
  return { text: `select count(*) as total from (${emptyBaseOf(db, source)} ${text})`, params, plan: [field('total')] }
}

const field = (name: string) => ({ field: name, decode: null })

/** The same select without its fields, which nobody reads who counts. */
function emptyBaseOf(db: Database, source: RowSource): string {
  const known = emptyBases.get(source)
  if (known) return known
  const query = source(db)
  configOf(query).fields = { one: sql`1` }
  const { sql: text } = query.toSQL()
  emptyBases.set(source, text)
  return text
}

const emptyBases = new WeakMap<RowSource, string>()

const bases = new WeakMap<RowSource, { text: string; plan: Plan }>()

function baseOf(db: Database, source: RowSource) {
  const known = bases.get(source)
  if (known) return known
  const query = source(db)
  const base = { text: query.toSQL().sql, plan: planOf(fieldsOf(query)) }
  bases.set(source, base)
  return base
}

/** Runs one select. Drizzle builds the query; reading its rows by a plan made once costs a tenth of what Drizzle's mapping does. */
export async function readRows(db: Database, { text, params, plan }: PlannedQuery): Promise<Row[]> {
  const { results } = await clientOf(db)
    .prepare(text)
    .bind(...params)
    .all<Row>()
  return mapped(plan, results)
}

/** Runs selects in one round trip and one state of the database. */
export async function readBatch(db: Database, statements: readonly PlannedQuery[]): Promise<Row[][]> {
  const client = clientOf(db)
  const results = await client.batch<Row>(statements.map(({ text, params }) => client.prepare(text).bind(...params)))
  return results.map(({ results: rows }, i) => mapped(statements[i]!.plan, rows))
}

/** Where every column bears the name of its field, as in most lists, the rows are read in place: a tenth of the CPU of a list of 50. */
function mapped(plan: Plan, rows: Row[]): Row[] {
  const names = Object.keys(rows[0] ?? {})
  if (plan.some(({ field }, i) => names[i] !== field)) return rows.map((row) => renamed(plan, names, row))
  const decoded = plan.filter((one): one is Decoded => one.decode !== null)
  for (const row of rows) for (const { field, decode } of decoded) row[field] = orNull(decode, row[field])
  return rows
}

function renamed(plan: Plan, names: readonly string[], values: Row): Row {
  const row: Row = {}
  for (const [i, { field, decode }] of plan.entries()) {
    const value = values[names[i]!]
    row[field] = decode ? orNull(decode, value) : value
  }
  return row
}

export const orNull = (decode: Decode, value: unknown) => (value === null ? null : decode(value))

const planOf = (fields: Record<string, unknown>): Plan =>
  Object.entries(fields).map(([field, source]) => ({ field, decode: decoderOf(source) }))

/** Most columns travel as they rest; null stands for that. */
export function decoderOf(source: unknown): Decode | null {
  if (source instanceof Column) {
    const isPlain = source.mapFromDriverValue === Column.prototype.mapFromDriverValue
    return isPlain ? null : (value) => source.mapFromDriverValue(value)
  }
  if (source instanceof SQL || source instanceof SQL.Aliased) return ofExpression(source)
  throw new Error('only flat fields of columns and expressions can be read by plan')
}

function ofExpression(source: SQL | SQL.Aliased): Decode | null {
  const { decoder } = (source instanceof SQL ? source : source.sql) as unknown as { decoder: typeof noopDecoder }
  return decoder === noopDecoder ? null : (value) => decoder.mapFromDriverValue(value)
}

/** Both are there at run time; Drizzle keeps them out of its types. */
const configOf = (query: SQLiteSelect) => (query as unknown as { config: { fields: Record<string, unknown> } }).config
const fieldsOf = (query: SQLiteSelect) => configOf(query).fields
