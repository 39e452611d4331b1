import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/**
 * What becomes of the rows of a table when a backup is restored into a database that is in use:
 * - restored: they are those of the backup.
 * - grown: those that came since stay as well.
 * - current: they stay as they are now. The backup has them for the day on which there is no now.
 * - kept: no backup has them; they stay as they are.
 * - emptied: no backup has them; what they remember is undone.
 * What a row refers to has to be there: one whose owner the backup does not know goes with it.
 */
export type Fate = 'restored' | 'grown' | 'current' | 'kept' | 'emptied'

export interface Merge {
  fate: Fate
  /** Of `current`: the column that names the owner. The backup's rows of owners who are not there now come back. */
  of?: string | undefined
  /** Columns that say when something ended, and by whom. What has ended since stays ended. */
  ended?: readonly string[] | undefined
  /** Columns that stay empty in rows where they have been emptied since. */
  erased?: readonly string[] | undefined
  /** Rows that have come to such a state since stay as they are now. */
  final?: { column: string; words: readonly string[] } | undefined
  /** A column that keeps such a word where it has come to it since. The rest of the row is the backup's. */
  staying?: { column: string; words: readonly string[] } | undefined
  /** What was going on in the backup, where `column` was empty, has ended by then, as `set` says: nobody goes on with it unasked. */
  unfinished?: { column: string; set: Readonly<Record<string, string>> } | undefined
}

type Field<T extends SQLiteTable> = keyof T['_']['columns'] & string

interface Exceptions<T extends SQLiteTable> {
  of?: Field<T>
  ended?: readonly Field<T>[]
  erased?: readonly Field<T>[]
  final?: { field: Field<T>; words: readonly string[] }
  staying?: { field: Field<T>; words: readonly string[] }
  unfinished?: { field: Field<T>; set: Readonly<Partial<Record<Field<T>, string>>> }
}

const merges = new Map<string, Merge>()

/** Declares, beside a table, what a restore does with it. */
export function merging<T extends SQLiteTable>(
  table: T,
  fate: Fate,
  { of, ended, erased, final, staying, unfinished }: Exceptions<T> = {},
): void {
  const columns = getTableColumns(table) as Record<string, Column>
  const nameOf = (field: string) => columns[field]!.name
  merges.set(getTableName(table), {
    fate,
    of: of && nameOf(of),
    ended: ended?.map(nameOf),
    erased: erased?.map(nameOf),
    final: final && { column: nameOf(final.field), words: final.words },
    staying: staying && { column: nameOf(staying.field), words: staying.words },
    unfinished: unfinished && {
      column: nameOf(unfinished.field),
      set: Object.fromEntries(
        Object.entries(unfinished.set as Record<string, string>).map(([field, word]) => [nameOf(field), word]),
      ),
    },
  })
}

/** The declaration of a table, by its name; undefined for one that Lyceum does not know. */
export const mergeOf = (table: string): Merge | undefined => merges.get(table)
