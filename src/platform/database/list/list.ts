import { and, asc, desc, eq, gt, gte, lt, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type Ordering, type Orderings, nullableOf, orderingOf, valueIn } from './orderings.ts'
import { conditions, type Filters } from './filters.ts'
import { type ListQuery, querySchema } from './list-query.ts'
import { type Counted, type Total, totalOf, totalling } from './total.ts'
import { readBatch, readRows, selecting } from '#/platform/database/read-rows.ts'
import type { Said } from '#/platform/text/said-of.ts'
import { searchable, searching } from '#/platform/text/search.ts'

export { searchParameter } from './list-query.ts'

interface ListSpec<Rows extends SQLiteSelect> {
  rows: (db: Database) => Rows
  visible?: (ctx: Context) => SQL | undefined
  filters: Filters
  orderings: Orderings
  /** As in `?ordering=`. */
  defaultOrdering: string
  id: SQLiteColumn
  /** Whose rows it shows all of, as far as nothing else is asked. */
  counted?: Counted
  /** The folded column that `?search=` looks through, or several of them put together. */
  search?: SQLWrapper
  /** The keys of codes that it finds as well, in whatever letters they are typed. */
  codes?: SQLWrapper
  /** What else it looks through, as it is written: ids, codes and texts of the rows. None that is not for every reader of the list. */
  texts?: readonly SQLWrapper[]
  /** Texts that its rows show without holding them. */
  said?: readonly Said[]
  /** What it looks through for those alone who see it. */
  /** What the document adds about `?search=`. */
  searchNote?: string
  confided?: { seenBy: (ctx: Context) => boolean; search: SQLWrapper; texts: readonly SQLWrapper[] }
}

/** What every list answers. `total` and `total_pages` are absent when the caller walks by cursor or says `count=false`. */
export interface Page<Row> {
  items: Row[]
  total?: number
  total_is_minimum?: true
  page?: number
  page_size: number
  total_pages?: number
  has_next: boolean
  has_previous: boolean
  next_cursor: string | null
}

export interface List<Row> {
  query: z.ZodType<ListQuery>
  /** `within` narrows the list to a part, such as the rows of one section. */
  page: (ctx: Context, query: ListQuery, within?: SQL) => Promise<Page<Row>>
}

/** A list: page or cursor, count, ordering, search, filters with lookups. One round trip. */
export function list<Rows extends SQLiteSelect>(spec: ListSpec<Rows>): List<Rows['_']['result'][number]> {
  const nullable = nullableOf(spec.orderings)
  if (nullable) throw new Error(`ordering by ${nullable} would lose rows: the column can be null`)
  return { query: querySchema(spec), page: (ctx, query, within) => readPage(ctx, spec, query, within) }
}

async function readPage<Rows extends SQLiteSelect>(
  ctx: Context,
  spec: ListSpec<Rows>,
  query: ListQuery,
  within?: SQL,
): Promise<Page<Rows['_']['result'][number]>> {
  const ordering = orderingOf(spec, query.ordering ?? spec.defaultOrdering)
  const search = query.search ? searching(searchedBy(ctx, spec), query.search) : undefined
  const where = and(within, spec.visible?.(ctx), ...conditions(ctx, spec.filters, query), search)
  const byCursor = query.cursor !== undefined
  const after = byCursor
    ? behind(ordering, await decodeCursor(ctx, query.cursor!, nameOf(ordering), ordering.length))
    : undefined
  const page = selecting(ctx.db, spec.rows, {
    where: and(where, after),
    orderBy: ordering.map(({ column, descending }) => (descending ? desc(column) : asc(column))),
    limit: query.page_size + 1,
    offset: byCursor ? 0 : (query.page - 1) * query.page_size,
  })
  if (query.count === 'false' || byCursor) return assemble(ctx, query, ordering, await readRows(ctx.db, page))
  const isExact = query.count === 'exact'
  const sum = totalling(ctx.db, spec, where, isExact)
  const [rows, [found]] = (await readBatch(ctx.db, [page, sum])) as [Row[], Row[]]
  return assemble(ctx, query, ordering, rows, totalOf(found!, isExact))
}

function searchedBy<Rows extends SQLiteSelect>(ctx: Context, spec: ListSpec<Rows>) {
  const { confided, search, texts = [] } = spec
  if (!confided?.seenBy(ctx)) return spec
  return { ...spec, search: searchable(search ?? sql`''`, confided.search), texts: [...texts, ...confided.texts] }
}

type Row = Record<string, unknown>

const nameOf = (ordering: Ordering) =>
  ordering.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join()

/** Rows behind the cursor: a >= x, where an index can begin, and ((a > x) or (a = x and b > y) or ...). */
function behind(ordering: Ordering, values: unknown[]): SQL | undefined {
  const [first] = ordering
  const begin = first && (first.descending ? lte(first.column, values[0]) : gte(first.column, values[0]))
  const strictly = or(
    ...ordering.map(({ column, descending }, index) =>
      and(
        ...ordering.slice(0, index).map((before, i) => eq(before.column, values[i])),
        descending ? lt(column, values[index]) : gt(column, values[index]),
      ),
    ),
  )
  return and(begin, strictly)
}

async function assemble<Row extends Record<string, unknown>>(
  { settings }: Context,
  query: ListQuery,
  ordering: Ordering,
  rows: Row[],
  sum?: Total,
): Promise<Page<Row>> {
  const items = rows.slice(0, query.page_size)
  const has_next = rows.length > query.page_size
  const last = items.at(-1)
  return {
    items,
    ...(sum && { ...sum, total_pages: Math.ceil(sum.total / query.page_size) }),
    ...(query.cursor === undefined && { page: query.page }),
    page_size: query.page_size,
    has_next,
    has_previous: query.cursor !== undefined || query.page > 1,
    next_cursor:
      has_next && last
        ? await encodeCursor(
            settings,
            nameOf(ordering),
            ordering.map((term) => valueIn(last, term)),
          )
        : null,
  }
}
