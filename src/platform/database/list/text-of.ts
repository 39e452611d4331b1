import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * A text of the row that an id points to, read in the round trip of the rows that have the id; null where there is none. Of the live view it is
 * null for a deleted row, of the table it is not. Wrapped twice, as Drizzle takes the tables off the columns of a select that has no joins.
 */
export const textOf = (id: SQLWrapper, of: SQLWrapper & { id: SQLiteColumn }, text: SQLWrapper): SQL<string | null> =>
  sql<string | null>`${sql`(select ${text} from ${of} where ${of.id} = ${id})`}`
