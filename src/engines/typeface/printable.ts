import { glyphOf } from './glyph-of.ts'
import { oneLine } from './one-line.ts'
import { clustersOf, setCluster } from './set-cluster.ts'

/** A text that no font prints as it is written. */
export class UnprintableText extends Error {
  readonly text: string
  /** What of it cannot be printed, each once. */
  readonly characters: string

  constructor(text: string, characters: string) {
    super('text cannot be printed')
    this.text = text
    this.characters = characters
  }
}

/** Letters that no font has, as are all those that would have to be shaped, and marks that no font has a place for. */
function lacking(line: string): string[] {
  const seldom = clustersOf(line).filter((one) => one.length > 1 || glyphOf(one, 'regular')?.isMark !== false)
  return [...new Set(seldom)].filter((one) => setCluster(one, 'regular') === null)
}

/** Whether documents print something of a text and all of it. Its fonts are loaded. */
export function isPrintable(text: string): boolean {
  const line = oneLine(text)
  return line !== '' && lacking(line).length === 0
}

/** Throws UnprintableText unless documents print all of a line. */
export function requirePrintable(line: string): void {
  const characters = lacking(line)
  if (characters.length > 0) throw new UnprintableText(line, characters.join(' '))
}
