import { and, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { searchWords } from './fold.ts'

/** A condition for each word is quickest; queries of more words share one, because a statement has 100 parameters at most. */
const wordsApart = 10

/** Every word of the query occurs in the search column, or sounds like the beginning of a word there. */
export function searching(column: SQLiteColumn | SQL, text: string): SQL | undefined {
  const words = searchWords(text)
  const rest = words.slice(wordsApart)
  return and(
    ...words
      .slice(0, wordsApart)
      .map(([folded, sounds]) =>
        sounds === null
          ? sql`instr(${column}, ${folded}) > 0`
          : sql`(instr(${column}, ${folded}) > 0 or instr(${column}, ${sounds}) > 0)`,
      ),
    rest.length > 0
      ? sql`not exists (select 1 from json_each(${JSON.stringify(rest)})
          where instr(${column}, value ->> 0) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0)`
      : undefined,
  )
}

/** Orders rows that `searching` found: 0 where every word begins a word (a prefix), 1 where one of them only occurs inside. */
export const insideOnly = (column: SQLiteColumn, text: string): SQL<number> =>
  sql<number>`exists (select 1 from json_each(${JSON.stringify(searchWords(text))})
    where instr(' ' || ${column}, ' ' || (value ->> 0)) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0)`
