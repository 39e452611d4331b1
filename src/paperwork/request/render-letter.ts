import {
  finishDocument,
  ink,
  measure,
  openDocument,
  place,
  placeLast,
  rule,
  space,
  stack,
  text,
} from '#/engines/paper/index.ts'
import {
  factGrid,
  marginLine,
  type Seal,
  sealBlock,
  transcriptTexts,
  writtenDate,
} from '#/paperwork/transcript/index.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterTexts } from './letter-texts.ts'

/** The letter as a PDF file: one A4 page with the look and the seal of a transcript. The same facts and seal give the same bytes. */
export async function renderLetter(facts: LetterFacts, seal: Seal): Promise<Uint8Array<ArrayBuffer>> {
  const { language, student, program } = facts
  const texts = letterTexts[language]
  const words = { ...transcriptTexts[language], digest: texts.digest }
  const institution = facts.institution[language]
  const name = `${student.first_name} ${student.last_name}`
  const holder = `${name}, ${student.student_number}`
  const title = texts.title[facts.type]
  const document = openDocument({
    title: `${title}: ${holder}`,
    author: institution,
    language,
    createdAt: new Date(seal.issuedAt),
    id: seal.issueId,
  })
  const programTitle = program && ((language === 'el' && program.title_el) || program.title)
  const paragraph = { size: 11, leading: 17 }
  place(
    document,
    stack(
      text(institution, measure, { size: 12.5, weight: 'bold', color: ink.accent }),
      rule({ thickness: 1, around: 5, color: ink.accent }),
      space(16),
      text(title, measure, { size: 21, leading: 28 }),
      space(14),
      text(name, measure, { size: 13, weight: 'bold', leading: 18 }),
      student.latin_name ? text(`(${student.latin_name})`, measure, { size: 10, color: ink.muted }) : space(0),
      space(8),
      factGrid([
        { label: words.studentNumber, value: student.student_number, span: 1 },
        { label: words.fatherName, value: student.father_name, span: 1 },
        { label: words.enrolledOn, value: writtenDate(student.enrollment_date, language), span: 1 },
        { label: words.program, value: program && `${programTitle} (${program.code})`, span: 2 },
        { label: texts.studyYear, value: String(student.study_year), span: 1 },
      ]),
      rule({ around: 6 }),
      space(14),
      ...texts
        .statement(facts.type, {
          name: (language === 'en' && student.latin_name) || name,
          hasPurpose: facts.purpose !== null,
          institution,
          programTitle,
        })
        .flatMap((sentence) => [text(sentence, measure, paragraph), space(9)]),
    ),
  )
  placeLast(
    document,
    facts.purpose
      ? stack(
          space(6),
          text(texts.purpose, measure, { size: 7, leading: 10, color: ink.muted }),
          text(facts.purpose, measure, { size: 9.5, leading: 13.5 }),
        )
      : space(0),
    sealBlock(seal, words),
  )
  return finishDocument(document, {
    runningHead: () => stack(marginLine(institution, holder), rule({ around: 3 })),
    footer: (page, pages) => marginLine(`${words.issue} ${seal.issueId}`, words.pageOf(page, pages)),
  })
}
