import { embedFaces, type Faces } from './faces.ts'
import { loadLibrary } from './load-library.ts'
import { type Family, familyOf, type Weight } from './font-files.ts'

interface Glyph {
  family: Family
  /** Thousandths of the type size. */
  advance: number
  /** Whether it goes on the letter before it. */
  isMark: boolean
}

/** Kept for the life of the isolate: parsing a font costs more than setting a page. */
const glyphs: Record<Weight, Map<string, Glyph | null>> = { regular: new Map(), bold: new Map() }
let measuring: Faces | undefined

/** The library that reads fonts is made ready when the first text is to be printed: that takes as long as the whole rest of the start. */
export async function loadMeasuring(): Promise<void> {
  const { PDF } = await loadLibrary()
  measuring ??= embedFaces(PDF.create())
}

/** What prints a character; null when no font has it. Its fonts are loaded. U+FFFD stands for what was lost, and no document prints it. */
export function glyphOf(character: string, weight: Weight): Glyph | null {
  const known = glyphs[weight].get(character)
  if (known !== undefined) return known
  const found =
    character === '\uFFFD' ? null : (glyphIn('common', character, weight) ?? furtherGlyph(character, weight))
  glyphs[weight].set(character, found)
  return found
}

function furtherGlyph(character: string, weight: Weight): Glyph | null {
  const family = familyOf(character)
  return family ? glyphIn(family, character, weight) : null
}

function glyphIn(family: Family, character: string, weight: Weight): Glyph | null {
  if (!measuring) throw new Error('no font is loaded')
  const face = measuring.of(family, weight)
  if (!face.canEncode(character)) return null
  return { family, advance: face.getWidth(character.codePointAt(0) ?? 0), isMark: /\p{M}/u.test(character) }
}
