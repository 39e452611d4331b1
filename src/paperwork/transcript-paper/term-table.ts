import {
  beside,
  ink,
  measure,
  rule,
  space,
  stack,
  table,
  text,
  type Block,
  type Column,
  type TitledTable,
} from '#/engines/paper/index.ts'
import type { Language } from '#/platform/words.ts'
import type { TranscriptCourse, TranscriptTerm } from './official-record.ts'
import { missing, outcomeMarks, repeatedSign, type TranscriptTexts } from './transcript-texts.ts'

/** The results of one term, with its averages and credits below them. */
export function termTable(term: TranscriptTerm, language: Language, texts: TranscriptTexts): TitledTable {
  const name = term.name[language]
  const rows = term.courses.map((course) => ({ cells: courseCells(course, language), isMuted: !course.counted }))
  return {
    title: stack(space(12), heading(name, term.code)),
    continuedTitle: stack(space(12), heading(texts.continued(name), term.code)),
    ...table(courseColumns(texts), rows),
    closing: totals(term, texts),
  }
}

function heading(name: string, code: string): Block {
  return stack(
    beside(
      { left: 0, block: text(name, 370, { size: 10, weight: 'bold', leading: 14, color: ink.accent }) },
      {
        left: 380,
        block: text(code, measure - 380, { size: 8, leading: 14, color: ink.muted, align: 'right', smallest: 6 }),
      },
    ),
    space(3),
  )
}

function courseColumns({ columns }: TranscriptTexts): Column[] {
  return [
    { heading: columns.code, width: 58, align: 'left', overflow: 'shrink' },
    { heading: columns.title, width: measure - 262, align: 'left', overflow: 'wrap' },
    { heading: columns.credits, width: 46, align: 'right', overflow: 'shrink' },
    { heading: columns.grade, width: 46, align: 'center', overflow: 'shrink' },
    { heading: columns.percentage, width: 54, align: 'right', overflow: 'shrink' },
    { heading: columns.points, width: 58, align: 'right', overflow: 'shrink' },
  ]
}

function courseCells(course: TranscriptCourse, language: Language): string[] {
  const title = course.counted ? course.title[language] : `${course.title[language]} ${repeatedSign}`
  const letter = course.letter || outcomeMarks[course.outcome]
  return [course.code, title, course.credits, letter, course.percentage || missing, course.points || missing]
}

/** Under the columns that they sum up: credits, percentage, points. */
function totals(term: TranscriptTerm, texts: TranscriptTexts): Block {
  return stack(
    rule({ around: 2 }),
    space(1),
    beside(
      ...total(texts.creditsEarned, term.credits_earned, { right: measure - 158, labelWidth: 160 }),
      ...total(texts.average, term.average, { right: measure - 58, labelWidth: 58 }),
      ...total(texts.gpa, term.gpa, { right: measure, labelWidth: 24 }),
    ),
  )
}

/** Label and figure; the figure ends `right` points from the left margin. */
function total(label: string, figure: string | null, { right, labelWidth }: { right: number; labelWidth: number }) {
  const style = { leading: 12, align: 'right' } as const
  const left = right - figureWidth - labelWidth
  return [
    { left, block: text(label, labelWidth, { ...style, size: 7.5, color: ink.muted, smallest: 4 }) },
    {
      left: right - figureWidth,
      block: text(figure ?? missing, figureWidth, { ...style, size: 8.5, weight: 'bold', smallest: 6 }),
    },
  ]
}

const figureWidth = 31
