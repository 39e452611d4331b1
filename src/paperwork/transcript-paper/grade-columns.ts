import type { Language } from '#/platform/words.ts'
import { writtenFigure } from '#/paperwork/official-document/index.ts'
import type { RecordScale, TranscriptCourse } from './official-record.ts'
import { missing, outcomeMarks, type TranscriptTexts } from './transcript-texts.ts'

type Scale = RecordScale | null | undefined

/** Whether a record shows percentages and grade points. Records from before schemes said so all do. */
export const showsPercent = (scale: Scale): boolean => scale?.shows_percent ?? true

/** How a record shows the grade of a course: the headings of its columns, and the cells below. */
export const gradeHeadings = (scale: Scale, { columns }: TranscriptTexts): string[] =>
  showsPercent(scale) ? [columns.grade, columns.percentage, columns.points] : [columns.grade, columns.band]

export function gradeCells(course: TranscriptCourse, scale: Scale, language: Language): string[] {
  const figure = (decimal: string) => (decimal ? writtenFigure(decimal, language) : missing)
  const grade = gradeOf(course, scale, language)
  return showsPercent(scale)
    ? [grade, figure(course.percentage), figure(course.points)]
    : [grade, course.band?.[language] ?? missing]
}

/** The value on the scale of the record; on another scale it says which. Letters stand alone where percentages stand beside them. */
function gradeOf({ value, scale: own, letter, outcome }: TranscriptCourse, scale: Scale, language: Language): string {
  if (!value || !scale || (own === '100' && scale.max === '100' && scale.shows_percent))
    return letter || outcomeMarks[outcome]
  const written = writtenFigure(value, language)
  return own === scale.max ? written : `${written}/${own}`
}

/** What tells how to read the marks. */
export function marksMeaning(scale: Scale, language: Language, texts: TranscriptTexts): readonly string[] {
  if (!scale || showsPercent(scale)) return texts.marksMeaning
  const bands = scale.bands.map(({ from, name }) => texts.bandFrom(name[language], writtenFigure(from, language)))
  return [
    texts.creditsMeaning,
    `${texts.scaleMeaning(scale.max, writtenFigure(scale.pass, language))} ${bands.join(', ')}.`,
    texts.averageMeaning,
    texts.codesMeaning,
  ]
}
