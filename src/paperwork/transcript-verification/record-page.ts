import { html } from '#/platform/http/page.ts'
import { missing, outcomeMarks, repeatedSign, transcriptTexts } from '#/paperwork/transcript-paper/index.ts'
import { documentTexts } from '#/paperwork/official-document/index.ts'
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
  const name = student.latin_name ? `${student.name} (${student.latin_name})` : student.name
  const facts = factList([
    [pageTexts[language].holder, name],
    [documentTexts[language].program, program && `${program.title[language]} (${program.code})`],
    [t.degree, program?.degree],
    [t.creditsRequired, program?.credits_required],
  ])
  const totals = factList([
    [t.creditsEarned, cumulative.credits_earned],
    [t.creditsAttempted, cumulative.credits_attempted],
    [t.average, cumulative.average],
    [t.gpa, cumulative.gpa],
  ])
  const hasRepeats = terms.some(({ courses }) => courses.some(({ counted }) => !counted))
  return documentPage(look, {
    institution: record.institution[language],
    title: t.title,
    body: part([
      html`<h2>${t.title}</h2>${facts}`,
      ...terms.map((term) => termTable(term, look)),
      terms.length > 0 ? html`<h3>${t.cumulative}</h3>${totals}` : html`<p>${t.nothingPublished}</p>`,
      html`${hasRepeats && html`<p class="hint">${repeatedSign} ${t.repeatedMeaning}</p>`}`,
    ]),
  })
}

function termTable(term: CertifiedRecord['terms'][number], { language }: VerificationLook) {
  const t = transcriptTexts[language]
  const { code, title, credits, grade, percentage, points } = t.columns
  const rows = term.courses.map((course) => [
    course.code,
    course.counted ? course.title[language] : `${course.title[language]} ${repeatedSign}`,
    course.credits,
    course.letter || outcomeMarks[course.outcome],
    course.percentage || missing,
    course.points || missing,
  ])
  const figures = [
    `${t.creditsEarned} ${term.credits_earned}`,
    `${t.average} ${term.average ?? missing}`,
    `${t.gpa} ${term.gpa ?? missing}`,
  ]
  return html`${figureTable(`${term.name[language]} (${term.code})`, [code, title, credits, grade, percentage, points], rows)}
<p class="totals">${figures.join(' · ')}</p>`
}
