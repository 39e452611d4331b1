import { and, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { searchWords } from './fold.ts'
import { identifierKey } from './identifier.ts'

const none = sql`''`

/** A condition for each word is quickest; queries of more words share one, because a statement has 100 parameters at most. */
const wordsApart = 10

/** Every word of the query occurs in the searched text, or sounds like the beginning of a word there, or occurs in `codes`, which are keys. */
export function searching(column: SQLWrapper, text: string, codes = none): SQL | undefined {
  const words = searchWords(text).map(([folded, sounds]) => [folded, sounds, identifierKey(folded)] as const)
  const rest = words.slice(wordsApart)
  return and(
    ...words
      .slice(0, wordsApart)
      .map(
        ([folded, sounds, key]) =>
          sql`(${sql.join(
            [
              sql`instr(${column}, ${folded}) > 0`,
              ...(sounds === null ? [] : [sql`instr(${column}, ${sounds}) > 0`]),
              ...(codes === none ? [] : [sql`instr(${codes}, ${key}) > 0`]),
            ],
            sql` or `,
          )})`,
      ),
    rest.length > 0
      ? sql`not exists (select 1 from json_each(${JSON.stringify(rest)})
          where instr(${column}, value ->> 0) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0 and instr(${codes}, value ->> 2) = 0)`
      : undefined,
  )
}

/** Orders rows that `searching` found: 0 where every word begins a word (a prefix), 1 where one of them only occurs inside. */
export const insideOnly = (column: SQLWrapper, text: string): SQL<number> =>
  sql<number>`exists (select 1 from json_each(${JSON.stringify(searchWords(text))})
    where instr(' ' || ${column}, ' ' || (value ->> 0)) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0)`

/** What lists of rows with several names look through: folded columns, and expressions that hold no letters but Latin ones. */
export const searchable = (...parts: SQLWrapper[]): SQL =>
  sql.join(
    parts.map((part) => sql`coalesce(${part}, '')`),
    sql` || ' ' || `,
  )
