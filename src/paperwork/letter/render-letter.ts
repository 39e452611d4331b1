import { ink, measure, rule, space, stack, text } from '#/engines/paper/index.ts'
import { printedNames } from '#/paperwork/document-text/index.ts'
import {
  documentTexts,
  renderDocument,
  type InstitutionSeal,
  writtenDate,
} from '#/paperwork/official-document/index.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterTexts } from './letter-texts.ts'
import { sentencesOf } from './sentences-of.ts'
import { fullName } from '#/platform/text/person-name.ts'

/** The letter as a PDF file: one A4 page with the look and the seal of every official document. Drawn with `drawWith`. */
export function renderLetter(facts: LetterFacts, seal: InstitutionSeal): Promise<Uint8Array<ArrayBuffer>> {
  const { language, student, program } = facts
  const [texts, common] = [letterTexts[language], documentTexts[language]]
  const institution = facts.institution[language]
  const names = { name: fullName(student), latin_name: student.latin_name }
  const printed = printedNames(names, language)
  const programTitle = program && ((language === 'el' && program.title_el) || program.title)
  const head = {
    institution,
    title: texts.title[facts.type],
    address: facts.institution_address?.[language] ?? null,
    ...(facts.institution_address === undefined ? printedNames(names, 'el') : printed),
    studentNumber: student.student_number,
    facts: [
      { label: common.studentNumber, value: student.student_number, span: 1 },
      { label: common.fatherName, value: student.father_name, span: 1 },
      { label: common.enrolledOn, value: writtenDate(student.enrollment_date, language), span: 1 },
      { label: common.program, value: program && `${programTitle} (${program.code})`, span: 2 },
      { label: texts.studyYear, value: String(student.study_year), span: 1 },
    ],
  } as const
  const content = {
    opening: stack(rule({ around: 6 }), space(14), ...sentencesOf(facts, printed.name).flatMap(paragraph)),
    closing: facts.purpose ? purpose(texts.purpose, facts.purpose) : space(0),
    digestLabel: texts.digest,
  }
  return renderDocument(head, content, seal)
}

const paragraph = (sentence: string) => [text(sentence, measure, { size: 11, leading: 17 }), space(9)]

const purpose = (label: string, words: string) =>
  stack(
    space(6),
    text(label, measure, { size: 7, leading: 10, color: ink.muted }),
    text(words, measure, { size: 9.5, leading: 13.5 }),
  )
