import { PdfArray, PdfDict, PdfName, PdfRef, PdfStream, PdfString, type EmbeddedFont, type PDF } from '@libpdf/core'
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
  const { pdf, canvases, faces, identity } = document
  canvases.forEach((canvas, index) => {
    const head = index > 0 ? margins.runningHead(index + 1) : space(0)
    head.draw(canvas, paper.left, paper.runningHeadEnd - head.height)
    margins.footer(index + 1, canvases.length).draw(canvas, paper.left, paper.footer)
    canvas.page.drawOperators(canvas.marks)
  })
  pdf.fonts.finalize(true)
  for (const face of faces.all()) nameSubset(pdf, face)
  await identify(pdf, identity.id)
  await compress(pdf)
  const file = new Uint8Array(await pdf.save({ subsetFonts: true }))
  return signature ? signFile(file, signature) : file
}

/** The library draws a random tag for each font subset; one made from the glyphs in it is the same every time. */
function nameSubset(pdf: PDF, face: EmbeddedFont): void {
  const name = PdfName.of(`${subsetTag(face.getUsedGlyphIds())}+${face.program.postScriptName ?? 'Font'}`)
  const font = dictionary(pdf, face.ref)
  const descendant = dictionary(pdf, font.getArray('DescendantFonts')?.at(0))
  font.set('BaseFont', name)
  descendant.set('BaseFont', name)
  dictionary(pdf, descendant.get('FontDescriptor')).set('FontName', name)
}

function dictionary(pdf: PDF, reference: unknown): PdfDict {
  const found = reference instanceof PdfRef ? pdf.getObject(reference) : null
  if (!(found instanceof PdfDict)) throw new Error('embedded font is incomplete')
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
async function identify(pdf: PDF, id: string): Promise<void> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id))
  const identifier = PdfString.fromBytes(new Uint8Array(digest, 0, 16))
  pdf.context.info.trailer.set('ID', new PdfArray([identifier, identifier]))
}

/** Deflates with the platform's own code; the library's JavaScript takes a fifth of the whole document's time. */
async function compress(pdf: PDF): Promise<void> {
  for (const [, object] of pdf.context.registry.entries()) {
    if (!(object instanceof PdfStream) || object.has('Filter')) continue
    const deflated = new Response(object.data).body?.pipeThrough(new CompressionStream('deflate'))
    object.setData(new Uint8Array(await new Response(deflated).arrayBuffer()))
    object.set('Filter', PdfName.of('FlateDecode'))
  }
}
