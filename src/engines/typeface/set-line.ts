import type { Family, Weight } from './font-files.ts'
import { glyphOf } from './glyph-of.ts'
import { requirePrintable } from './printable.ts'
import { clustersOf, setCluster } from './set-cluster.ts'

/** Characters of one font that follow each other, so far from the beginning and the baseline of their line in thousandths of the type size. */
interface Run {
  family: Family
  text: string
  left: number
  rise: number
}

/** Width in points of a line, at a size in points. Throws UnprintableText. */
export function textWidth(line: string, weight: Weight, size: number): number {
  let units = 0
  for (const character of line) {
    const glyph = glyphOf(character, weight)
    if (!glyph || glyph.isMark) return (setRuns(line, weight).width * size) / 1000
    units += glyph.advance
  }
  return (units * size) / 1000
}

/** A line as what is drawn. Throws UnprintableText. */
export const setLine = (line: string, weight: Weight): readonly Run[] =>
  isPlain(line, weight) ? [{ family: 'common', text: line, left: 0, rise: 0 }] : setRuns(line, weight).runs

/** Whether the common font prints a line as it is written, as it does nearly every one. */
function isPlain(line: string, weight: Weight): boolean {
  for (const character of line) {
    const glyph = glyphOf(character, weight)
    if (glyph?.family !== 'common' || glyph.isMark) return false
  }
  return true
}

function setRuns(line: string, weight: Weight): { runs: readonly Run[]; width: number } {
  requirePrintable(line)
  const runs: Run[] = []
  let width = 0
  let open: Run | undefined
  for (const cluster of clustersOf(line)) {
    const { glyphs, advance } = setCluster(cluster, weight)!
    const [{ family, character }, ...marks] = glyphs
    if (open?.family === family) open.text += character
    else runs.push((open = { family, text: character, left: width, rise: 0 }))
    for (const mark of marks)
      runs.push({ family: mark.family, text: mark.character, left: width + mark.left, rise: mark.rise })
    if (marks.length > 0) open = undefined
    width += advance
  }
  return { runs, width }
}
