import { space } from '#/engines/paper/index.ts'
import { printedNames } from '#/paperwork/document-text/index.ts'
import {
  documentTexts,
  renderDocument,
  type InstitutionSeal,
  writtenDate,
  writtenFigure,
} from '#/paperwork/official-document/index.ts'
import type { Language } from '#/platform/words.ts'
import type { OfficialRecord } from './official-record.ts'
import { nothingPublished, recordSummary } from './record-summary.ts'
import { termTable } from './term-table.ts'
import { transcriptTexts } from './transcript-texts.ts'

/** The official transcript as a PDF file. A record without terms gives a document that says so. Drawn with `drawWith`. */
export function renderTranscript(record: OfficialRecord, seal: InstitutionSeal): Promise<Uint8Array<ArrayBuffer>> {
  const { language } = seal
  const texts = transcriptTexts[language]
  const content = {
    opening: space(4),
    tables: record.terms.map((term) => termTable(term, record, language)),
    closing: record.terms.length > 0 ? recordSummary(record, language) : nothingPublished(texts),
    digestLabel: texts.digest,
  }
  return renderDocument(
    {
      institution: record.institution[language],
      title: texts.title,
      address: record.institution_address?.[language] ?? null,
      ...printedNames(record.student, language),
      studentNumber: record.student.number,
      facts: factsOf(record, language),
    },
    content,
    seal,
  )
}

function factsOf({ student, program }: OfficialRecord, language: Language) {
  const [texts, common] = [transcriptTexts[language], documentTexts[language]]
  const birth = student.date_of_birth && writtenDate(student.date_of_birth, language)
  return [
    { label: common.studentNumber, value: student.number, span: 1 },
    { label: common.fatherName, value: student.father_name, span: 1 },
    { label: texts.dateOfBirth, value: birth, span: 1 },
    { label: common.program, value: program && `${program.title[language]} (${program.code})`, span: 2 },
    { label: common.enrolledOn, value: writtenDate(student.enrollment_date, language), span: 1 },
    { label: texts.degree, value: (language === 'el' && program?.degree_el) || program?.degree, span: 2 },
    {
      label: texts.creditsRequired,
      value: program?.credits_required && writtenFigure(program.credits_required, language),
      span: 1,
    },
  ] as const
}
