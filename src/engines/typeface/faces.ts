import type { EmbeddedFont, PDF } from '@libpdf/core'
import { type Family, fontFile, type Weight } from './font-files.ts'

/** The fonts of a document: beside the common ones only those that it uses, and of each only the glyphs that it uses. */
export interface Faces {
  of: (family: Family, weight: Weight) => EmbeddedFont
  all: () => EmbeddedFont[]
}

/** The common ones are there from the start, in this order: the same document is the same file. */
export function embedFaces(pdf: PDF): Faces {
  const embedded = new Map<string, EmbeddedFont>()
  const of = (family: Family, weight: Weight) => {
    const name = `${family}-${weight}`
    const face = embedded.get(name) ?? pdf.embedFont(fontFile(family, weight))
    embedded.set(name, face)
    return face
  }
  of('common', 'regular')
  of('common', 'bold')
  return { of, all: () => [...embedded.values()] }
}
