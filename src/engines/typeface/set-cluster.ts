import type { Family, Weight } from './font-files.ts'
import { glyphOf } from './glyph-of.ts'
import { onLetter, onMark } from './mark-positions.ts'

/** A character of a font, so far from where its letter begins, in thousandths of the type size. */
interface Glyph {
  character: string
  family: Family
  left: number
  rise: number
}

/** A letter with its marks as it is printed. */
interface Cluster {
  glyphs: readonly [letter: Glyph, ...marks: Glyph[]]
  advance: number
}

/**
 * A letter with marks, each where the font says. The letter is taken with as many of the marks as it has a character with, else alone; one with a
 * dot alone, as it loses that under a mark. Null when a glyph or a place is missing.
 */
export function setCluster(cluster: string, weight: Weight): Cluster | null {
  const composed = Array.from(cluster.normalize('NFC'))
  const losesDot = composed.length > 1 && /\p{Soft_Dotted}/u.test(cluster)
  return (losesDot ? null : placed(composed, weight)) ?? placed(Array.from(cluster.normalize('NFD')), weight)
}

/** Each letter of a line with its marks. */
export const clustersOf = (line: string): string[] => line.match(/\P{M}?\p{M}+|\P{M}/gu) ?? []

/** More marks on a letter than any language has would run into the lines around it. */
const mostMarks = 4

function placed([letter = '', ...marks]: readonly string[], weight: Weight): Cluster | null {
  const base = marks.some(isAbove) ? (dotless[letter] ?? letter) : letter
  const glyph = glyphOf(base, weight)
  if (!glyph || glyph.isMark || marks.length > mostMarks) return null
  const glyphs: [Glyph, ...Glyph[]] = [{ character: base, family: glyph.family, left: 0, rise: 0 }]
  for (const mark of marks) {
    const before = glyphs.at(-1)!
    const above = glyphs.length > 1 ? onMark(mark, before.character, weight) : null
    const place = above ? [before.left + above[0], before.rise + above[1]] : onLetter(mark, base, weight)
    const family = glyphOf(mark, weight)?.family
    if (!family || !place) return null
    glyphs.push({ character: mark, family, left: place[0]!, rise: place[1]! })
  }
  return { glyphs, advance: glyph.advance }
}

const dotless: Record<string, string | undefined> = { i: 'ı', j: 'ȷ', і: 'ı', ј: 'ȷ' }

/** Whether a mark stands above its letter: normalization puts one that stands below before it. */
const isAbove = (mark: string) => `${mark}\u0323`.normalize('NFC') !== `${mark}\u0323`
