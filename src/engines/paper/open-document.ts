import type * as Library from '#/engines/typeface/pdf-library.ts'
import type { Canvas } from './canvas.ts'
import { embedFaces, type Faces, loadLibrary, oneLine } from '#/engines/typeface/index.ts'
import { paper } from './paper.ts'

/** What the file says about itself. The same identity and the same blocks give the same bytes. */
interface DocumentIdentity {
  title: string
  author: string
  /** BCP 47, such as `el`. */
  language: string
  /** Never the clock: the moment of issue. */
  createdAt: Date
  /** Unique per issued document; the file identifier is derived from it. */
  id: string
}

/** A document in the making, and the library that makes it, which is evaluated with the first document only: it takes as long as the whole rest of the start. */
export interface OfficialDocument {
  readonly identity: DocumentIdentity
  readonly library: typeof Library
  readonly pdf: Library.PDF
  readonly faces: Faces
  /** One per page, in order. */
  readonly canvases: Canvas[]
  /** Where the next block goes on the last page: points from its top edge. */
  top: number
}

/** Opens an A4 document with its first, empty page. */
export async function openDocument(identity: DocumentIdentity): Promise<OfficialDocument> {
  const library = await loadLibrary()
  const pdf = library.PDF.create()
  pdf.setTitle(oneLine(identity.title), { showInWindowTitleBar: true })
  pdf.setMetadata({
    author: oneLine(identity.author),
    creator: 'Lyceum',
    language: identity.language,
    creationDate: identity.createdAt,
    modificationDate: identity.createdAt,
  })
  const document = { identity, library, pdf, faces: embedFaces(pdf), canvases: [], top: paper.top }
  addPage(document)
  return document
}

/** Adds an empty A4 page that becomes the one to draw on. */
export function addPage(document: OfficialDocument): Canvas {
  const page = document.pdf.addPage({ width: paper.width, height: paper.height })
  const canvas = { library: document.library, page, faces: document.faces, marks: [] }
  document.canvases.push(canvas)
  return canvas
}
