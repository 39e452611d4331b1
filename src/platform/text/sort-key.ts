import type { NameOrder } from '#/platform/words.ts'

/**
 * What orders names as a dictionary does when it is compared byte by byte: SQLite compares no other way. Parts as they are to count, such as last
 * and first name, apart by U+001F, which is before every letter; who has one name only is found under that.
 */
export const sortKey = (parts: readonly (string | null | undefined)[], order: NameOrder): string => {
  const [first = '', ...rest] = parts.map((part) => keyOf(part ?? '', order)).filter(Boolean)
  return `${first}\u001F${rest.join('\u001F')}`
}

/** Under which rules a key was made: those of this file, by their number, and the order that is set. Keys of other rules are made anew. */
export const orderMark = (order: NameOrder): string => `1${order}`

type Rule = readonly [written: RegExp, key: string]

/** Every language: letters that have no decomposition, one letter for another; marks that are heard of, but not seen, are none. */
const common: readonly Rule[] = [
  [/[\p{M}\p{Cf}]/gu, ''],
  [/ς/g, 'σ'],
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/[đð]/g, 'd'],
  [/þ/g, 'th'],
  [/ı/g, 'i'],
  [/['’‘ʼʻ`´\u1FBD\u1FBF\u1FFE.]/g, ''],
  [/\p{Pd}/gu, ' '],
  [/\s+/g, ' '],
]

/** Letters that a language puts behind others, as `NAME_ORDER` says; the braces are behind z. Accents are characters of their own by then. */
const own: Record<NameOrder, readonly Rule[]> = {
  '': [],
  sv: [
    [/a\u030A/g, '{'],
    [/a\u0308|æ/g, '|'],
    [/o\u0308|ø/g, '}'],
    [/u\u0308/g, 'y'],
  ],
  da: [
    [/a\u030A|aa(?!\p{M})/gu, '}'],
    [/a\u0308|æ/g, '{'],
    [/o\u0308|ø/g, '|'],
    [/u\u0308/g, 'y'],
  ],
  es: [[/n\u0303/g, 'n~']],
}

/** Capitals, which nothing else is by then, are before the small Latin letters. */
const greek = Object.fromEntries([...'αβγδεζηθικλμνξοπρστυφχψω'].map((letter, place) => [letter, letterAt(place)]))

function letterAt(place: number) {
  return String.fromCodePoint(65 + place)
}

function keyOf(name: string, order: NameOrder): string {
  // Compatibility makes an accent that stands alone a blank with a mark.
  const apart = name
    .replaceAll(/[´\u1FBD\u1FBF\u1FFE]/g, '')
    .normalize('NFKD')
    .toLowerCase()
  return [...own[order], ...common]
    .reduce((text, [written, key]) => text.replaceAll(written, key), apart)
    .trim()
    .replaceAll(/[α-ω]/g, (letter) => greek[letter] ?? letter)
}
