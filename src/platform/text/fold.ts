import { skeleton } from './skeleton.ts'

/**
 * Text as search compares it: lower case, without accents (Greek tonos and dialytika included) and joiners, final sigma as sigma. SQLite's own
 * functions fold no Greek, so rows keep a folded column beside the original.
 */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/**
 * The search column of a row: its findable fields folded, a line feed, their skeletons, a space before each. The line feed also tells rows
 * that have skeletons from older ones.
 */
export function searchText(...parts: (string | null | undefined)[]): string {
  const text = parts.filter(Boolean).join(' ')
  return `${fold(text)}\n ${skeleton(text)}`
}

/** The words of a query, folded, each with what finds its skeleton at the beginning of a word, null where it has none, and as it was typed. */
export function searchWords(text: string): [folded: string, sounds: string | null, typed: string][] {
  const words = text.split(/\s+/).map((word) => [fold(word), word] as const)
  return [...new Map(words)]
    .filter(([folded]) => folded)
    .map(([folded, word]) => [folded, skeleton(word) ? ` ${skeleton(word)}` : null, word])
}
