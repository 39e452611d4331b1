/** The longest text worth comparing: a local part has 64 characters, common passwords have fewer. */
const longest = 64

/**
 * What is left of a password when any number of digits and special characters is cut off either end, each possibility once, folded. A
 * password without letters has no core.
 */
export function coresOf(password: string): Set<string> {
  const plain = withoutCase(password)
  const characters = withLetters(plain)
  const { start, end } = lettersOf(plain)
  const cores = new Set<string>()
  for (let from = 0; from <= start; from += 1)
    for (let to = Math.max(end, from + 1); to <= Math.min(plain.length, from + longest); to += 1)
      cores.add(characters.slice(from, to))
  return cores
}

/** A text as `coresOf` would find it: without digits and special characters around it, unless fewer than `least` characters would be left. */
export function coreOf(text: string, least: number): string {
  const plain = withoutCase(text)
  const { start, end } = lettersOf(plain)
  return withLetters(end - start < least ? plain : plain.slice(start, end))
}

/** Lower case, without accents, compatible characters as one. */
const withoutCase = (text: string) =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ')

const letters: Record<string, string> = {
  0: 'o',
  1: 'l',
  '!': 'l',
  i: 'l',
  3: 'e',
  4: 'a',
  '@': 'a',
  5: 's',
  $: 's',
  7: 't',
}

/** Letters for the digits and signs that usually stand for them. `1` may be either i or l, so these are one. */
const withLetters = (text: string) => text.replaceAll(/[01!i34@5$7]/g, (character) => letters[character]!)

/** From the first letter to behind the last one; an empty range at the end for a text without any. */
function lettersOf(text: string) {
  const start = text.search(/\p{L}/u)
  if (start < 0) return { start: text.length, end: text.length }
  const behind = /\P{L}*$/u.exec(text)![0].length
  return { start, end: text.length - behind }
}
