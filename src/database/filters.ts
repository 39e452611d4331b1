import { eq, gt, gte, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import * as z from 'zod'
import { fold } from './fold.ts'

type Lookup = 'eq' | 'in' | 'gte' | 'lte' | 'gt' | 'lt' | 'contains'

interface Filter {
  column: SQLiteColumn
  value: z.ZodType
  lookups: readonly Lookup[]
  /** What the field alone means; `eq` unless said otherwise. */
  bare?: Lookup
}

/** Field of the query -> how it filters. `field=`, `field__in=a,b`, `field__gte=` ... */
export type Filters = Record<string, Filter>

const exact = ['eq', 'in'] as const
const ordered = ['eq', 'in', 'gte', 'lte', 'gt', 'lt'] as const

export const byId = (column: SQLiteColumn): Filter => ({ column, value: z.coerce.number().int(), lookups: exact })
export const byNumber = (column: SQLiteColumn): Filter => ({ column, value: z.coerce.number(), lookups: ordered })
export const byOneOf = (column: SQLiteColumn, values: readonly string[]): Filter => ({
  column,
  value: z.enum(values),
  lookups: exact,
})
export const byFlag = (column: SQLiteColumn): Filter => ({
  column,
  value: z.stringbool({ truthy: ['true'], falsy: ['false'] }),
  lookups: ['eq'],
})
/** Instants and dates: ISO 8601 text compares in time order. */
export const byTime = (column: SQLiteColumn): Filter => ({
  column,
  value: z.iso.date().or(z.iso.datetime()),
  lookups: ordered,
})
export const notBefore = (column: SQLiteColumn): Filter => ({ ...byTime(column), lookups: ['gte'], bare: 'gte' })
export const notAfter = (column: SQLiteColumn): Filter => ({ ...byTime(column), lookups: ['lte'], bare: 'lte' })
export const byText = (column: SQLiteColumn): Filter => ({
  column,
  value: z.string().max(200),
  lookups: ['eq', 'in', 'contains'],
})

/** The query parameters of `filters`, for a strict object. */
export function filterShape(filters: Filters): Record<string, z.ZodType> {
  const parameters = Object.entries(filters).flatMap(([field, filter]) =>
    filter.lookups.map((lookup) => [parameter(field, lookup, filter), schemaOf(filter, lookup).optional()] as const),
  )
  return Object.fromEntries(parameters)
}

/** The conditions that a validated query asks for. */
export function conditions(filters: Filters, query: object): SQL[] {
  const given = query as Record<string, unknown>
  return Object.entries(filters).flatMap(([field, filter]) =>
    filter.lookups
      .map((lookup) => ({ lookup, value: given[parameter(field, lookup, filter)] }))
      .filter(({ value }) => value !== undefined)
      .map(({ lookup, value }) => compare[lookup](filter.column, value)),
  )
}

const parameter = (field: string, lookup: Lookup, { bare = 'eq' }: Filter) =>
  lookup === bare ? field : `${field}__${lookup}`

const schemaOf = ({ value }: Filter, lookup: Lookup): z.ZodType =>
  lookup === 'in'
    ? z
        .string()
        .transform((text) => text.split(','))
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
  lte,
  gt,
  lt,
  in: (column, values) => {
    const driven = (values as unknown[]).map((value) => column.mapToDriverValue(value))
    return sql`${column} in (select value from json_each(${JSON.stringify(driven)}))`
  },
  contains: (column, value) => sql`instr(lower(${column}), ${fold(String(value))}) > 0`,
}
