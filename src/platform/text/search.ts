import { and, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { searchWords } from './fold.ts'
import { identifierKey } from './identifier.ts'
import type { Said } from './said-of.ts'

const none = sql`''`

/** A condition for each word is quickest; queries of more words share one, because a statement has 100 parameters at most. */
const wordsApart = 10

/** What a search looks through. */
interface Searched {
  /** Folded, with skeletons. */
  search?: SQLWrapper | undefined
  /** As they are written: only the case of their letters does not matter. */
  texts?: readonly SQLWrapper[] | undefined
  /** Keys of codes. */
  codes?: SQLWrapper | undefined
  /** What they show without holding it. */
  said?: readonly Said[] | undefined
}

/**
 * Every word of the query occurs in the search column, or sounds like the beginning of a word there, or occurs in one of the texts, or, as a
 * key, in the codes, or in what the row says without holding it.
 */
export function searching({ search, texts, codes = none, said = [] }: Searched, text: string): SQL | undefined {
  return texts ? anywhere({ search, texts, codes, said }, text) : search && inColumn(search, text, codes)
}

interface Everywhere extends Searched {
  texts: readonly SQLWrapper[]
  codes: SQLWrapper
  said: readonly Said[]
}

function anywhere({ search, texts, codes, said }: Everywhere, text: string) {
  const words = searchWords(text).map(([folded, sounds, word]) => [
    folded,
    sounds,
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    identifierKey(folded),
    ...said.map(({ keysWith }) => keysWith(folded, sounds)),
  ])
  if (words.length === 0) return undefined
  const written = sql`(${sql.join(
    texts.map((one) => sql`coalesce(${one}, '')`),
    sql` || char(10) || `,
  )})`
  return sql`not exists (select 1 from json_each(${JSON.stringify(words)}) where ${and(
    search && sql`coalesce(instr(${search}, value ->> 0), 0) = 0 and coalesce(instr(${search}, value ->> 1), 0) = 0`,
    sql`instr(${written}, value ->> 2) = 0 and instr(lower(${written}), value ->> 3) = 0 and instr(${written}, value ->> 4) = 0`,
    codes === none ? undefined : sql`coalesce(instr(${codes}, value ->> 5), 0) = 0`,
    ...said.map(({ key }, i) => sql`coalesce(instr(value ->> ${sql.raw(String(6 + i))}, '|' || ${key} || '|'), 0) = 0`),
  )})`
}

function inColumn(column: SQLWrapper, text: string, codes: SQLWrapper): SQL | undefined {
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
          where instr(${column}, value ->> 0) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0 and coalesce(instr(${codes}, value ->> 2), 0) = 0)`
      : undefined,
  )
}

/** Orders rows that `searching` found: 0 where every word begins a word (a prefix), 1 where one of them only occurs inside. */
export function insideOnly(column: SQLWrapper, text: string, codes: SQLWrapper): SQL<number> {
  const words = searchWords(text).map(([folded, sounds]) => [folded, sounds, identifierKey(folded)])
  return sql<number>`exists (select 1 from json_each(${JSON.stringify(words)})
    where instr(' ' || ${column}, ' ' || (value ->> 0)) = 0 and coalesce(instr(${column}, value ->> 1), 0) = 0
      and coalesce(instr(' ' || ${codes}, ' ' || (value ->> 2)), 0) = 0)`
}

/** What lists of rows with several names look through: folded columns, and expressions that hold no letters but Latin ones. */
export const searchable = (...parts: SQLWrapper[]): SQL =>
  sql.join(
    parts.map((part) => sql`coalesce(${part}, '')`),
    sql` || ' ' || `,
  )
