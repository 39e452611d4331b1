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
import { writtenFigure } from '#/paperwork/official-document/index.ts'
import { gradeCells, gradeHeadings, showsPercent } from './grade-columns.ts'
import type { OfficialRecord, TranscriptCourse, TranscriptTerm } from './official-record.ts'
import { missing, repeatedSign, type TranscriptTexts, transcriptTexts } from './transcript-texts.ts'

type Scale = OfficialRecord['scale']

/** The results of one term, with its averages and credits below them. */
export function termTable(term: TranscriptTerm, { scale }: OfficialRecord, language: Language): TitledTable {
  const texts = transcriptTexts[language]
  const name = term.name[language]
  const rows = term.courses.map((course) => ({ cells: courseCells(course, scale, language), isMuted: !course.counted }))
  return {
    title: stack(space(12), heading(name, term.code)),
    continuedTitle: stack(space(12), heading(texts.continued(name), term.code)),
    ...table(courseColumns(scale, texts), rows),
    closing: totals(term, scale, language),
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

function courseColumns(scale: Scale, texts: TranscriptTexts): Column[] {
  const { columns } = texts
  const [grade, ...others] = gradeHeadings(scale, texts)
  const widths = showsPercent(scale) ? [54, 58] : [112]
  return [
    { heading: columns.code, width: 58, align: 'left', overflow: 'shrink' },
    { heading: columns.title, width: measure - 262, align: 'left', overflow: 'wrap' },
    { heading: columns.credits, width: 46, align: 'right', overflow: 'shrink' },
    { heading: grade!, width: 46, align: showsPercent(scale) ? 'center' : 'right', overflow: 'shrink' },
    ...others.map((heading, i) => ({
      heading,
      width: widths[i]!,
      align: 'right' as const,
      overflow: 'shrink' as const,
    })),
  ]
}

function courseCells(course: TranscriptCourse, scale: Scale, language: Language): string[] {
  const title = course.counted ? course.title[language] : `${course.title[language]} ${repeatedSign}`
  return [course.code, title, writtenFigure(course.credits, language), ...gradeCells(course, scale, language)]
}

/** Under the columns that they sum up: credits, then the average, and points where the record shows them. */
function totals(term: TranscriptTerm, scale: Scale, language: Language): Block {
  const texts = transcriptTexts[language]
  const figure = (decimal: string | null) => decimal && writtenFigure(decimal, language)
  const credits = total(texts.creditsEarned, figure(term.credits_earned), { right: measure - 158, labelWidth: 160 })
  return stack(
    rule({ around: 2 }),
    space(1),
    beside(
      ...credits,
      ...total(texts.average, figure(term.average), {
        right: showsPercent(scale) ? measure - 58 : measure,
        labelWidth: 58,
      }),
      ...(showsPercent(scale) ? total(texts.gpa, figure(term.gpa), { right: measure, labelWidth: 24 }) : []),
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
