import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import type { CountedTable } from './count-rows.ts'
import { dialect } from '#/platform/database/dialect.ts'
import { counting, type PlannedQuery, type RowSource } from '#/platform/database/read-rows.ts'
import { rowCount } from '#/platform/database/tables.ts'

/** Rows that are counted one by one at most, unless the caller wants to know exactly. */
const most = 10_000

/** A table of which a list shows every row, but for those that belong to a deleted one. */
export interface Counted {
  table: CountedTable
  /** Which rows these are; they are few, and found by indexes. */
  unseen?: SQL
}

export interface Total {
  total: number
  total_is_minimum?: true
}

/** How many rows there are: without conditions as triggers have counted them, with conditions up to 10,000, or exactly. */
export function totalling(
  db: Database,
  { rows, counted }: { rows: RowSource; counted?: Counted },
  where: SQL | undefined,
  isExact: boolean,
): PlannedQuery {
  const oneByOne = counting(db, rows, { where, ...(!isExact && { limit: most + 1 }) })
  return counted && !where ? keptOr(oneByOne, counted) : oneByOne
}

/** What is kept, or where nothing is yet, the rows one by one. */
function keptOr({ text, params, plan }: PlannedQuery, { table, unseen }: Counted): PlannedQuery {
  const rows = sql.identifier(table)
  const fewer = unseen ? sql` - (select count(*) from ${rows} where deleted_at is null and (${unseen}))` : sql``
  const kept = dialect.sqlToQuery(
    sql`select (select ${rowCount.rows}${fewer} from ${rowCount} where ${rowCount.counted} = ${table})`,
  )
  return {
    text: `with kept (rows) as materialized (${kept.sql}) select coalesce(rows, (${text})) as total, rows is not null as is_kept from kept`,
    params: [...kept.params, ...params],
    plan: [...plan, { field: 'is_kept', decode: null }],
  }
}

export function totalOf({ total, is_kept }: Record<string, unknown>, isExact: boolean): Total {
  const found = total as number
  return isExact || is_kept || found <= most ? { total: found } : { total: most, total_is_minimum: true }
}
