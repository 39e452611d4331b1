import { PDF, type EmbeddedFont } from '@libpdf/core'
import bold from './fonts/noto-sans-bold.ttf'
import regular from './fonts/noto-sans-regular.ttf'

export type Weight = 'regular' | 'bold'
export type Faces = Record<Weight, EmbeddedFont>

/** Embeds both weights into a document; only the glyphs it uses end up in the file. */
export function embedFaces(pdf: PDF): Faces {
  return { regular: pdf.embedFont(new Uint8Array(regular)), bold: pdf.embedFont(new Uint8Array(bold)) }
}

/** Width in points of text that went through `printable`, at a size in points. */
export function textWidth(text: string, weight: Weight, size: number): number {
  let units = 0
  for (const character of text) units += advance(character, weight) ?? 0
  return (units * size) / 1000
}

/** The text as one line of composed characters, without invisible ones. */
export function oneLine(text: string): string {
  return text.normalize('NFC').replace(invisible, '').replace(blank, ' ').trim()
}

const invisible = /\p{Cf}/gu
const blank = /[\s\p{Cc}]+/gu

/**
 * The line in characters that the fonts can print. A letter without a glyph falls apart into base letter and marks;
 * what is still missing shows as U+FFFD: nothing disappears from an official document unnoticed.
 */
export function printable(line: string): string {
  const characters = Array.from(line)
  if (characters.every(hasGlyph)) return line
  return characters.map((character) => (hasGlyph(character) ? character : replacement(character))).join('')
}

function replacement(character: string): string {
  const parts = Array.from(character.normalize('NFD'))
  return parts.length > 1 && parts.every(hasGlyph) ? parts.join('') : '\uFFFD'
}

function hasGlyph(character: string): boolean {
  return advance(character, 'regular') !== null
}

/** Kept for the life of the isolate: parsing a font costs more than setting a page. */
const advances: Record<Weight, Map<string, number | null>> = { regular: new Map(), bold: new Map() }
let measuring: Faces | undefined

/** Thousandths of the type size; null when the font lacks the character. */
function advance(character: string, weight: Weight): number | null {
  const known = advances[weight].get(character)
  if (known !== undefined) return known
  measuring ??= embedFaces(PDF.create())
  const face = measuring[weight]
  const units = face.canEncode(character) ? face.getWidth(character.codePointAt(0) ?? 0) : null
  advances[weight].set(character, units)
  return units
}
