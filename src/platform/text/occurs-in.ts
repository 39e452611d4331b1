import { searchText, searchWords } from './fold.ts'
import { identifierKey } from './identifier.ts'

/** What `searching` is in SQL: every word of the query occurs in the texts, or sounds like the beginning of a word there, or occurs as the key of a code. */
export function occursIn(texts: readonly string[], query: string): boolean {
  const [searched, keys] = [searchText(...texts), identifierKey(texts.join('\n'))]
  return searchWords(query).every(
    ([folded, sounds]) =>
      searched.includes(folded) ||
      (sounds !== null && searched.includes(sounds)) ||
      keys.includes(identifierKey(folded)),
  )
}
