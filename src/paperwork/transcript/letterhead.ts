import { beside, ink, measure, rule, space, stack, text, type Block } from '#/engines/paper/index.ts'
import type { OfficialRecord, Seal } from './official-record.ts'
import type { TranscriptTexts } from './transcript-texts.ts'
import { writtenDate } from './written-dates.ts'

/** Who certifies what about whom: the head of the first page. */
export function letterhead(record: OfficialRecord, language: Seal['language'], texts: TranscriptTexts): Block {
  const { name, latin_name } = record.student
  return stack(
    text(record.institution[language], measure, { size: 12.5, weight: 'bold', color: ink.accent }),
    rule({ thickness: 1, around: 5, color: ink.accent }),
    space(16),
    text(texts.title, measure, { size: 21, leading: 28 }),
    space(14),
    text(name, measure, { size: 13, weight: 'bold', leading: 18 }),
    latin_name ? text(`(${latin_name})`, measure, { size: 10, color: ink.muted }) : space(0),
    space(8),
    factGrid(facts(record, language, texts)),
    space(4),
  )
}

interface Fact {
  label: string
  value: string | null | undefined
  /** Columns of the three. */
  span: 1 | 2
}

function facts({ student, program }: OfficialRecord, language: Seal['language'], texts: TranscriptTexts): Fact[] {
  const birth = student.date_of_birth && writtenDate(student.date_of_birth, language)
  return [
    { label: texts.studentNumber, value: student.number, span: 1 },
    { label: texts.fatherName, value: student.father_name, span: 1 },
    { label: texts.dateOfBirth, value: birth, span: 1 },
    { label: texts.program, value: program && `${program.title[language]} (${program.code})`, span: 2 },
    { label: texts.enrolledOn, value: writtenDate(student.enrollment_date, language), span: 1 },
    { label: texts.degree, value: program?.degree, span: 2 },
    { label: texts.creditsRequired, value: program?.credits_required, span: 1 },
  ]
}

/** The facts that are known, label above value, as many in a row as fit into three columns. */
export function factGrid(facts: readonly Fact[]): Block {
  const rows: { left: number; block: Block }[][] = []
  let filled = 3
  for (const { label, value, span } of facts) {
    if (!value) continue
    if (filled + span > 3) {
      rows.push([])
      filled = 0
    }
    rows.at(-1)?.push({ left: filled * column, block: fact(label, value, span * column - 12) })
    filled += span
  }
  return stack(...rows.map((cells) => beside(...cells)))
}

const column = measure / 3

function fact(label: string, value: string, width: number): Block {
  return stack(
    text(label, width, { size: 7, leading: 10, color: ink.muted }),
    text(value, width, { size: 9.5, leading: 13 }),
    space(7),
  )
}
