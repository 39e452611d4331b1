import type { SQLWrapper } from 'drizzle-orm'
import { searchText } from './fold.ts'

/** Texts that rows show without holding them: each is said where `key` is in a row, such as the words of an action. */
export interface Said {
  key: SQLWrapper
  /** The keys whose text has a word, each between strokes. */
  keysWith: (folded: string, sounds: string | null) => string
}

/** `texts` is asked when something is searched for the first time. Texts of all languages are looked through. */
export function saidOf(key: SQLWrapper, texts: () => Readonly<Record<string, string>>): Said {
  let folded: (readonly [key: string, text: string])[] | undefined
  return {
    key,
    keysWith: (word, sounds) => {
      folded ??= Object.entries(texts()).map(([of, text]) => [of, searchText(text)])
      const found = folded.filter(([, text]) => text.includes(word) || (sounds !== null && text.includes(sounds)))
      return `|${found.map(([of]) => `${of}|`).join('')}`
    },
  }
}
