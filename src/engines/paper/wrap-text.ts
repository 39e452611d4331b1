import { clustersOf } from '#/engines/typeface/index.ts'

/**
 * Breaks text into lines no wider than `width`, measured by `widthOf` in the same unit. Lines break at spaces and after
 * hyphens and slashes; a piece wider than a whole line, such as a web address, breaks wherever the line is full.
 */
export function wrapText(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(pieces) ?? []) {
    if (fits(line + piece)) {
      line += piece
    } else if (fits(piece)) {
      lines.push(line.trimEnd())
      line = piece
    } else {
      line += piece
      while (line !== '' && !fits(line)) {
        const full = longestStart(line)
        lines.push(full.trimEnd())
        line = line.slice(full.length).trimStart()
      }
    }
  }
  return [...lines, line.trimEnd()]

  function fits(candidate: string): boolean {
    return widthOf(candidate.trimEnd()) <= width
  }

  /** At least one character, or a line narrower than any character would never end. */
  function longestStart(start: string): string {
    const characters = clustersOf(start)
    let count = 1
    while (count + 1 < characters.length && fits(characters.slice(0, count + 1).join(''))) count += 1
    return characters.slice(0, count).join('')
  }
}

/** A word with the spaces after it, cut after hyphens and slashes. */
const pieces = /[^\s\-/]*(?:[-/]+|\s+)|[^\s\-/]+/g
