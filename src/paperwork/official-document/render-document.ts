import {
  type Block,
  finishDocument,
  openDocument,
  place,
  placeLast,
  placeTable,
  rule,
  stack,
  type TitledTable,
} from '#/engines/paper/index.ts'
import { documentTexts } from './document-texts.ts'
import { type Head, letterhead, marginLine } from './letterhead.ts'
import type { InstitutionSeal } from './institution-seal.ts'
import { sealBlock } from './seal-block.ts'

/** What a document says between its head and its seal. */
interface Content {
  /** Below the facts of the head. */
  opening: Block
  tables?: readonly TitledTable[]
  /** Together with the seal on the last page. */
  closing: Block
  /** What the digest in the seal is of. */
  digestLabel: string
}

/**
 * An official document as a PDF file: A4, fonts embedded, text extractable, sealed with a QR code on its last page and signed. The same content
 * and seal give the same bytes: the moment of the signature is that of the issue.
 */
export async function renderDocument(
  head: Head,
  content: Content,
  seal: InstitutionSeal,
): Promise<Uint8Array<ArrayBuffer>> {
  const texts = documentTexts[seal.language]
  const holder = `${head.name}, ${head.studentNumber}`
  const document = await openDocument({
    title: `${head.title}: ${holder}`,
    author: head.institution,
    language: seal.language,
    createdAt: new Date(seal.issuedAt),
    id: seal.issueId,
  })
  place(document, stack(letterhead(head), content.opening))
  for (const table of content.tables ?? []) placeTable(document, table)
  placeLast(document, content.closing, sealBlock(seal, texts, content.digestLabel))
  const margins = {
    runningHead: () => stack(marginLine(head.institution, holder), rule({ around: 3 })),
    footer: (page: number, pages: number) => marginLine(`${texts.issue} ${seal.issueId}`, texts.pageOf(page, pages)),
  }
  return finishDocument(document, margins, seal.signer && { signer: seal.signer, at: new Date(seal.issuedAt) })
}
