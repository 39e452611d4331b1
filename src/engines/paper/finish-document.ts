import { deflateSync } from 'node:zlib'
import type { EmbeddedFont, PdfDict } from '@libpdf/core'
import { space, type Block } from './blocks.ts'
import type { OfficialDocument } from './open-document.ts'
import { paper } from './paper.ts'
import { type Signature, signFile } from './sign-file.ts'

/** What the margins repeat. Pages count from 1. */
interface Margins {
  /** On every page but the first. */
  runningHead: (page: number) => Block
  footer: (page: number, pages: number) => Block
}

/** Prints the margins of every page and returns the finished file, signed unless nobody does. */
export async function finishDocument(
  document: OfficialDocument,
  margins: Margins,
  signature: Signature | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { pdf, canvases, faces } = document
  canvases.forEach((canvas, index) => {
    const head = index > 0 ? margins.runningHead(index + 1) : space(0)
    head.draw(canvas, paper.left, paper.runningHeadEnd - head.height)
    margins.footer(index + 1, canvases.length).draw(canvas, paper.left, paper.footer)
    canvas.page.drawOperators(canvas.marks)
  })
  pdf.fonts.finalize(true)
  for (const face of faces.all()) nameSubset(document, face)
  await identify(document)
  compress(document)
  const file = new Uint8Array(await pdf.save({ subsetFonts: true }))
  return signature ? signFile(file, signature) : file
}

/** The library draws a random tag for each font subset; one made from the glyphs in it is the same every time. */
function nameSubset(document: OfficialDocument, face: EmbeddedFont): void {
  const name = document.library.PdfName.of(
    `${subsetTag(face.getUsedGlyphIds())}+${face.program.postScriptName ?? 'Font'}`,
  )
  const font = dictionary(document, face.ref)
  const descendant = dictionary(document, font.getArray('DescendantFonts')?.at(0))
  font.set('BaseFont', name)
  descendant.set('BaseFont', name)
  dictionary(document, descendant.get('FontDescriptor')).set('FontName', name)
}

function dictionary({ library, pdf }: OfficialDocument, reference: unknown): PdfDict {
  const found = reference instanceof library.PdfRef ? pdf.getObject(reference) : null
  if (!(found instanceof library.PdfDict)) throw new Error('embedded font is incomplete')
  return found
}

/** Six capital letters, as PDF asks for: FNV-1a over the glyph ids, in base 26. */
function subsetTag(glyphIds: readonly number[]): string {
  let hash = 0x811c9dc5
  for (const id of glyphIds) hash = Math.imul(hash ^ id, 0x01000193) >>> 0
  return Array.from({ length: 6 }, (_, place) => String.fromCharCode(65 + (Math.floor(hash / 26 ** place) % 26))).join(
    '',
  )
}

/** Without one of ours, the library writes a random file identifier. */
async function identify({ library, pdf, identity }: OfficialDocument): Promise<void> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(identity.id))
  const identifier = library.PdfString.fromBytes(new Uint8Array(digest, 0, 16))
  pdf.context.info.trailer.set('ID', new library.PdfArray([identifier, identifier]))
}

/** Deflates with the platform's own code; the library's JavaScript takes a fifth of the whole document's time, a stream for each part a tenth. */
function compress({ library, pdf }: OfficialDocument): void {
  for (const [, object] of pdf.context.registry.entries()) {
    if (!(object instanceof library.PdfStream) || object.has('Filter')) continue
    object.setData(new Uint8Array(deflateSync(object.data)))
    object.set('Filter', library.PdfName.of('FlateDecode'))
  }
}
