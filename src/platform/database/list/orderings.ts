import { type SQLWrapper, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** A field of the rows that a list reads, and what orders by it. It is never null, because cursors are made of it. */
interface Term {
  field: string
  column: SQLWrapper
  /** What `column` is, where the rows do not have `field` and it follows from others of theirs. */
  valueIn?: (row: Row) => unknown
}

type Row = Record<string, unknown>

/** Names are ordered by a key; names with the same key as they are written. */
interface NameOrder {
  key: Term
  ties: readonly Term[]
}

/** Field of the query -> its column, which is part of the row under that name, or the order of names. */
export type Orderings = Record<string, SQLiteColumn | NameOrder>

export type Ordering = (Term & { descending: boolean })[]

/** By the key of names. The list selects both as fields: `sort_key`, and what is written. */
export const byName = (sort_key: SQLiteColumn, ...ties: readonly Term[]): NameOrder => ({
  key: { field: 'sort_key', column: sort_key },
  ties,
})

type Names = Record<'sort_key' | 'last_name' | 'first_name', SQLiteColumn>

/** By the key of one part of a name, last or first. The list selects `sort_key`, `last_name` and `first_name`; what orders by them follows. */
export function byPartsOfName({ sort_key, last_name, first_name }: Names) {
  const asWritten: Term = {
    field: 'written_name',
    column: sql`trim(${last_name} || ' ' || ${first_name})`,
    valueIn: (row) =>
      `${(row.last_name as string | null) ?? ''} ${(row.first_name as string | null) ?? ''}`.replaceAll(/^ +| +$/g, ''),
  }
  const part = (field: string, column: SQLWrapper, of: (key: string, end: number) => string): NameOrder => ({
    key: { field, column, valueIn: ({ sort_key: key }) => of(key as string, (key as string).indexOf('\u001F')) },
    ties: [asWritten],
  })
  const lastKey = sql`substr(${sort_key}, 1, instr(${sort_key}, char(31)) - 1)`
  const firstKey = sql`substr(${sort_key}, instr(${sort_key}, char(31)) + 1)`
  return {
    name: byName(sort_key, asWritten),
    last_name: part('last_key', lastKey, (key, end) => key.slice(0, Math.max(end, 0))),
    first_name: part('first_key', firstKey, (key, end) => key.slice(end + 1)),
  }
}

/** What `term` orders a row of the list by. */
export const valueIn = (row: Row, { field, valueIn: derived }: Term): unknown => (derived ? derived(row) : row[field])

const isNames = (order: Orderings[string]): order is NameOrder => 'ties' in order

/** A column of `orderings` that could be null. */
export const nullableOf = (orderings: Orderings): string | undefined =>
  Object.entries(orderings).find(([, order]) => !isNames(order) && !order.notNull && !order.primary)?.[0]

/** Every ordering ends in the id, so that it is total and pages neither repeat nor skip a row. What sets equal keys apart comes after all keys. */
export function orderingOf({ orderings, id }: { orderings: Orderings; id: SQLiteColumn }, text: string): Ordering {
  const asked = text.split(',').map((part) => {
    const field = part.replace(/^-/, '')
    const order = orderings[field]!
    return {
      descending: part.startsWith('-'),
      ...(isNames(order) ? order : { key: { field, column: order }, ties: [] }),
    }
  })
  const keys = once(asked.map(({ key, descending }) => ({ ...key, descending })))
  const ties = asked.flatMap(({ ties: some, descending }) => some.map((tie) => ({ ...tie, descending })))
  const last = { field: 'id', column: id, descending: keys.at(-1)!.descending }
  const ordering = once([...keys, ...ties, last])
  return ordering.slice(0, ordering.findIndex(({ field }) => field === 'id') + 1)
}

/** A field that is named twice counts at its first place. */
const once = (terms: Ordering): Ordering =>
  terms.filter((one, index) => terms.findIndex((other) => other.field === one.field) === index)
