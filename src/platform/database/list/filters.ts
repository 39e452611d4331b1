import { eq, gt, gte, isNotNull, isNull, lt, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { inMany } from '#/platform/database/in-many.ts'
import { said } from '#/platform/validation/said.ts'

type Lookup = 'eq' | 'in' | 'gte' | 'lte' | 'gt' | 'lt' | 'contains' | 'set'

interface Filter {
  column: SQLiteColumn
  /** Of an identifier: the column of its key. */
  key?: SQLiteColumn
  value: z.ZodType
  lookups: readonly Lookup[]
  /** What the field alone means; `eq` unless said otherwise. */
  bare?: Lookup
  /** What holds when the query does not say. */
  fallback?: boolean
  /** Of what rests beside the rows: makes of a condition on the column one on a row of the list. */
  beside?: (condition: SQL) => SQL
  /** Its value stands for the caller's own id. */
  isMe?: true
}

/** Field of the query -> how it filters. `field=`, `field__in=a,b`, `field__gte=` ... */
export type Filters = Record<string, Filter>

const integer = { override: { type: 'integer' } } as const
const number = { override: { type: 'number' } } as const
const exact = ['eq', 'in'] as const
const ordered = ['eq', 'in', 'gte', 'lte', 'gt', 'lt'] as const

const digits = z
  .string()
  .regex(said(/^\d{1,15}$/, { en: 'must be a number such as 17', el: 'πρέπει να είναι αριθμός όπως 17' }))
  .transform(Number)
const decimal = z
  .string()
  .regex(
    said(/^-?\d{1,12}(\.\d{1,6})?$/, { en: 'must be a number such as 7.5', el: 'πρέπει να είναι αριθμός όπως 7.5' }),
  )
  .transform(Number)
/** Any ISO 8601 instant in the form it rests in, or a whole day (UTC). */
const moment = z.iso.date().or(z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()))

const id = digits.meta(integer)
const amount = decimal.meta(number)
const yesOrNo = z.stringbool({ truthy: ['true'], falsy: ['false'] })
const day = z.iso.date()
const text = z.string().max(200)

export const byId = (column: SQLiteColumn): Filter => ({ column, value: id, lookups: exact })
export const byNumber = (column: SQLiteColumn): Filter => ({ column, value: amount, lookups: ordered })
export const byOneOf = (column: SQLiteColumn, values: readonly string[]): Filter => ({
  column,
  value: z.enum(values),
  lookups: exact,
})
export const byFlag = (column: SQLiteColumn): Filter => ({
  column,
  value: yesOrNo,
  lookups: ['eq'],
})
/** Whether a column that can be null has a value. */
export const bySet = (column: SQLiteColumn): Filter => ({ ...byFlag(column), lookups: ['set'], bare: 'set' })
/** The same; `fallback` unless the query says which. */
export const byPresence = (column: SQLiteColumn, fallback: boolean): Filter => ({ ...bySet(column), fallback })
/** Calendar dates. */
export const byDate = (column: SQLiteColumn): Filter => ({ column, value: day, lookups: ordered })
/** Instants; a day means from its first moment or to its last. */
export const byInstant = (column: SQLiteColumn): Filter => ({
  column,
  value: moment,
  lookups: ['gte', 'lte', 'gt', 'lt'],
})
export const notBefore = (column: SQLiteColumn): Filter => ({ ...byInstant(column), lookups: ['gte'], bare: 'gte' })
export const notAfter = (column: SQLiteColumn): Filter => ({ ...byInstant(column), lookups: ['lte'], bare: 'lte' })
export const byText = (column: SQLiteColumn): Filter => ({
  column,
  value: text,
  lookups: ['eq', 'in', 'contains'],
})

/** The caller's own id, as `me`. */
export const byMe = (column: SQLiteColumn): Filter => ({ ...byOneOf(column, ['me']), lookups: ['eq'], isMe: true })

/** The same filter over a column of what rests beside the rows. */
export const beside = (filter: Filter, of: (condition: SQL) => SQL): Filter => ({ ...filter, beside: of })

/** A number or code, in whatever case, width or alphabet it is typed. */
export const byIdentifier = (column: SQLiteColumn, key: SQLiteColumn | SQL): Filter => ({
  ...byText(column),
  key: key as SQLiteColumn,
})

/** The code of a row of `of` that a column points to. */
export const byCodeOf = (id: SQLWrapper, of: SQLWrapper & { id: SQLiteColumn; code_key: SQLiteColumn }): Filter =>
  beside(byCode(sql`${of.code_key}`), (condition) => sql`${id} in (select ${of.id} from ${of} where ${condition})`)

/** The code of what a row points to, given as the expression of its key. */
const byCode = (key: SQL): Filter => ({
  column: key as unknown as SQLiteColumn,
  key: key as unknown as SQLiteColumn,
  value: text,
  lookups: exact,
})

/** The query parameters of `filters`, for a strict object. */
export function filterShape(filters: Filters): Record<string, z.ZodType> {
  const parameters = Object.entries(filters).flatMap(([field, filter]) =>
    filter.lookups.map((lookup) => [parameter(field, lookup, filter), optionalOf(filter, lookup)]),
  )
  return Object.fromEntries(parameters)
}

const optionalOf = (filter: Filter, lookup: Lookup) =>
  filter.fallback === undefined
    ? shared(filter.value, lookup)
    : schemaOf(filter.value, lookup)
        .default(filter.fallback)
        .meta({ description: `\`true\` or \`false\`; default \`${filter.fallback}\`.` })

const optionals = new WeakMap<z.ZodType, Partial<Record<Lookup, z.ZodType>>>()

/** One schema for all parameters of a kind: a thousand of their own are a tenth of the time that the Worker takes to start. */
function shared(value: z.ZodType, lookup: Lookup): z.ZodType {
  const known = optionals.get(value) ?? {}
  optionals.set(value, known)
  return (known[lookup] ??= schemaOf(value, lookup).optional())
}

/** The conditions that a validated query asks for. */
export function conditions({ actor }: Pick<Context, 'actor'>, filters: Filters, query: object): SQL[] {
  const given = query as Record<string, unknown>
  return Object.entries(filters).flatMap(([field, filter]) =>
    filter.lookups
      .map((lookup) => ({ lookup, value: given[parameter(field, lookup, filter)] }))
      .filter(({ value }) => value !== undefined)
      .map(({ lookup, value }) => compared(filter, lookup, filter.isMe ? (actor.id ?? 0) : value)),
  )
}

function compared({ column, key, beside: of = asItIs }: Filter, lookup: Lookup, value: unknown): SQL {
  if (!key) return of(compare[lookup](column, value))
  const keyed = Array.isArray(value) ? value.map(identifierKey) : identifierKey(value as string)
  const alike = compare[lookup](key, keyed)
  return of(lookup === 'contains' ? sql`(${compare.contains(column, value)} or ${alike})` : alike)
}

const asItIs = (condition: SQL) => condition

const parameter = (field: string, lookup: Lookup, { bare = 'eq' }: Filter) =>
  lookup === bare ? field : `${field}__${lookup}`

const schemaOf = (value: z.ZodType, lookup: Lookup): z.ZodType =>
  lookup === 'in'
    ? z
        .string()
        .transform((list) => list.split(','))
        .pipe(
          z
            .array(value as z.ZodType<unknown, string>)
            .min(1)
            .max(200),
        )
    : lookup === 'contains'
      ? z.string().min(1).max(200)
      : value

const compare: Record<Lookup, (column: SQLiteColumn, value: unknown) => SQL> = {
  eq,
  gte,
  lte: (column, value) => lte(column, lastMoment(column, value)),
  gt: (column, value) => gt(column, lastMoment(column, value)),
  lt,
  set: (column, isSet) => (isSet ? isNotNull(column) : isNull(column)),
  in: (column, values) => inMany(column, values as unknown[]),
  contains: (column, value) => {
    const part = String(value)
    return sql`(instr(${column}, ${part}) or instr(lower(${column}), ${part.toLowerCase()}) or instr(${column}, ${part.toUpperCase()}))`
  },
}

/** A day compared with an instant: `__lte` includes all of it, `__gt` none. Columns of instants are named `..._at`, or `at`. */
const lastMoment = (column: SQLiteColumn, value: unknown) =>
  /(?:^|_)at$/.test(column.name) && String(value).length === 'YYYY-MM-DD'.length
    ? `${String(value)}T23:59:59.999Z`
    : value
