import type { Phrase } from '#/platform/errors.ts'

const ofPatterns = new Map<string, Phrase>()

/** A pattern, and what is said of a value that it refuses: read after the name of the field, with an example. */
export function said(pattern: RegExp, words: Phrase): RegExp {
  ofPatterns.set(`${pattern}`, words)
  return pattern
}

export const saidOf = (pattern: string): Phrase | undefined => ofPatterns.get(pattern)

/** What a refinement says of a value that it refuses: a sentence, or words that are read after the name of the field. */
export const saying = (en: string, el: string): { params: Phrase } => ({ params: { en, el } })
