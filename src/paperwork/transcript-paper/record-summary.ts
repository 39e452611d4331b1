import { beside, ink, measure, rule, space, stack, text, type Block } from '#/engines/paper/index.ts'
import type { Language } from '#/platform/words.ts'
import { writtenFigure } from '#/paperwork/official-document/index.ts'
import { distributionBars } from './distribution-bars.ts'
import { marksMeaning, showsPercent } from './grade-columns.ts'
import type { OfficialRecord } from './official-record.ts'
import { missing, repeatedSign, type TranscriptTexts, transcriptTexts } from './transcript-texts.ts'

/** What all terms come to, and how to read the marks; kept on one page. */
export function recordSummary(record: OfficialRecord, language: Language): Block {
  const texts = transcriptTexts[language]
  const { cumulative, terms, scale } = record
  const figure = (decimal: string | null) => (decimal === null ? missing : writtenFigure(decimal, language))
  const figures: [label: string, figure: string][] = [
    [texts.creditsEarned, figure(cumulative.credits_earned)],
    [texts.creditsAttempted, figure(cumulative.credits_attempted)],
    [texts.average, figure(cumulative.average)],
    ...(showsPercent(scale) ? [[texts.gpa, figure(cumulative.gpa)] as [string, string]] : []),
  ]
  const hasRepeats = terms.some(({ courses }) => courses.some(({ counted }) => !counted))
  const marks = marksMeaning(scale, language, texts)
  const meanings = hasRepeats ? [...marks, `${repeatedSign} ${texts.repeatedMeaning}`] : marks
  return stack(
    space(22),
    text(texts.cumulative, measure, { size: 10, weight: 'bold', color: ink.accent }),
    rule({ thickness: 1, around: 4, color: ink.accent }),
    beside(...figures.map(([label, figure], index) => ({ left: index * quarter, block: total(label, figure) }))),
    rule({ around: 4 }),
    space(10),
    text(texts.marks, measure, { size: 7.5, weight: 'bold', color: ink.muted }),
    space(2),
    ...meanings.map((meaning) => text(meaning, measure, { size: 7.5, leading: 10.5, color: ink.muted })),
    ...(scale?.distribution ? [distributionBars(scale.distribution, language)] : []),
  )
}

const quarter = measure / 4

function total(label: string, figure: string): Block {
  return stack(
    text(label, quarter - 8, { size: 7, leading: 10, color: ink.muted }),
    text(figure, quarter - 8, { size: 13, weight: 'bold', leading: 18, smallest: 8 }),
  )
}

/** Takes the place of tables and totals while nothing has been published. */
export function nothingPublished(texts: TranscriptTexts): Block {
  return stack(
    space(24),
    rule({ thickness: 1, color: ink.accent }),
    space(14),
    text(texts.nothingPublished, measure, { size: 11, weight: 'bold', color: ink.accent }),
    space(4),
    text(texts.nothingPublishedMeaning, measure, { size: 9 }),
    space(14),
    rule(),
  )
}
