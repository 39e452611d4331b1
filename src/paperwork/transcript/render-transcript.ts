import {
  beside,
  finishDocument,
  ink,
  measure,
  openDocument,
  place,
  placeLast,
  placeTable,
  rule,
  stack,
  text,
  type Block,
} from '#/engines/paper/index.ts'
import { letterhead } from './letterhead.ts'
import type { OfficialRecord, Seal } from './official-record.ts'
import { nothingPublished, recordSummary } from './record-summary.ts'
import { sealBlock } from './seal-block.ts'
import { termTable } from './term-table.ts'
import { transcriptTexts } from './transcript-texts.ts'

/**
 * The official transcript as a PDF file: A4, fonts embedded, text extractable, sealed with a QR code on its last page.
 * The same record and seal give the same bytes. A record without terms gives a document that says so.
 */
export async function renderTranscript(record: OfficialRecord, seal: Seal): Promise<Uint8Array<ArrayBuffer>> {
  const { language } = seal
  const texts = transcriptTexts[language]
  const institution = record.institution[language]
  const holder = `${record.student.name}, ${record.student.number}`
  const document = openDocument({
    title: `${texts.title}: ${holder}`,
    author: institution,
    language,
    createdAt: new Date(seal.issuedAt),
    id: seal.issueId,
  })

  place(document, letterhead(record, language, texts))
  for (const term of record.terms) placeTable(document, termTable(term, language, texts))
  const summary = record.terms.length > 0 ? recordSummary(record, texts) : nothingPublished(texts)
  placeLast(document, summary, sealBlock(seal, texts))

  return finishDocument(document, {
    runningHead: () => stack(marginLine(institution, holder), rule({ around: 3 })),
    footer: (page, pages) => marginLine(`${texts.issue} ${seal.issueId}`, texts.pageOf(page, pages)),
  })
}

/** A line in the margin, one text at each end. */
export function marginLine(left: string, right: string): Block {
  const width = measure / 2 - 6
  const style = { size: 7.5, color: ink.muted, smallest: 6.5 }
  return beside(
    { left: 0, block: text(left, width, style) },
    { left: measure - width, block: text(right, width, { ...style, align: 'right' }) },
  )
}
