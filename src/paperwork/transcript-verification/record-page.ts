import { html } from '#/platform/http/page.ts'
import {
  gradeCells,
  gradeHeadings,
  missing,
  repeatedSign,
  showsPercent,
  transcriptTexts,
} from '#/paperwork/transcript-paper/index.ts'
import { documentTexts, writtenFigure } from '#/paperwork/official-document/index.ts'
import { writtenNames } from '#/paperwork/document-text/index.ts'
import {
  documentPage,
  factList,
  figureTable,
  pageTexts,
  part,
  type VerificationLook,
} from '#/paperwork/verification-page/index.ts'
import type { CertifiedRecord } from './schema.ts'

/** What a transcript certifies, term by term as on the paper. */
export function recordPage(record: CertifiedRecord, look: VerificationLook) {
  const { language } = look
  const t = transcriptTexts[language]
  const { student, program, terms, cumulative } = record
  const { name, otherName } = writtenNames(student, language)
  const figure = (decimal: string | null) => decimal && writtenFigure(decimal, language)
  const facts = factList([
    [pageTexts[language].holder, otherName ? `${name} (${otherName})` : name],
    [documentTexts[language].program, program && `${program.title[language]} (${program.code})`],
    [t.degree, (language === 'el' && program?.degree_el) || program?.degree],
    [t.creditsRequired, figure(program?.credits_required ?? null)],
  ])
  const totals = factList([
    [t.creditsEarned, figure(cumulative.credits_earned)],
    [t.creditsAttempted, figure(cumulative.credits_attempted)],
    [t.average, figure(cumulative.average)],
    [t.gpa, showsPercent(record.scale) ? figure(cumulative.gpa) : null],
  ])
  const hasRepeats = terms.some(({ courses }) => courses.some(({ counted }) => !counted))
  return documentPage(look, {
    institution: record.institution[language],
    title: t.title,
    body: part([
      html`<h2>${t.title}</h2>${facts}`,
      ...terms.map((term) => termTable(term, record, look)),
      terms.length > 0 ? html`<h3>${t.cumulative}</h3>${totals}` : html`<p>${t.nothingPublished}</p>`,
      html`${hasRepeats && html`<p class="hint">${repeatedSign} ${t.repeatedMeaning}</p>`}`,
    ]),
  })
}

function termTable(term: CertifiedRecord['terms'][number], { scale }: CertifiedRecord, { language }: VerificationLook) {
  const t = transcriptTexts[language]
  const { code, title, credits } = t.columns
  const figure = (decimal: string | null) => (decimal === null ? missing : writtenFigure(decimal, language))
  const rows = term.courses.map((course) => [
    course.code,
    course.counted ? course.title[language] : `${course.title[language]} ${repeatedSign}`,
    figure(course.credits),
    ...gradeCells(course, scale, language),
  ])
  const figures = [
    `${t.creditsEarned} ${figure(term.credits_earned)}`,
    `${t.average} ${figure(term.average)}`,
    ...(showsPercent(scale) ? [`${t.gpa} ${figure(term.gpa)}`] : []),
  ]
  return html`${figureTable(`${term.name[language]} (${term.code})`, [code, title, credits, ...gradeHeadings(scale, t)], rows)}
<p class="totals">${figures.join(' · ')}</p>`
}
