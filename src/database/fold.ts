/**
 * Text as search compares it: lower case, without accents (Greek tonos and dialytika included), final sigma as sigma. SQLite's own
 * functions fold no Greek, so rows keep a folded column beside the original.
 */
export const fold = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ').replaceAll(/\s+/g, ' ').trim()

/** The folded search column of a row: its findable fields, joined. */
export const searchText = (...parts: (string | null | undefined)[]): string => fold(parts.filter(Boolean).join(' '))
