import { html } from '#/platform/http/page.ts'
import { documentTexts, writtenDate } from '#/paperwork/official-document/index.ts'
import { writtenNames } from '#/paperwork/document-text/index.ts'
import { documentPage, factList, pageTexts, part, type VerificationLook } from '#/paperwork/verification-page/index.ts'
import { letterTexts, sentencesOf } from '#/paperwork/letter/index.ts'
import type { CertifiedLetter } from './schema.ts'
import { fullName } from '#/platform/text/person-name.ts'

/** What a letter certifies: its own words in its own language, below the facts. */
export function factsPage(letter: CertifiedLetter, look: VerificationLook) {
  const { student, program, purpose } = letter
  const { language } = look
  const [t, common] = [letterTexts[language], documentTexts[language]]
  const names = { name: fullName(student), latin_name: student.latin_name }
  const { name, otherName } = writtenNames(names, language)
  const title = t.title[letter.type]
  const programTitle = program && ((language === 'el' && program.title_el) || program.title)
  return documentPage(look, {
    institution: letter.institution[language],
    title,
    body: part([
      html`<h2>${title}</h2>`,
      html`${factList([
        [pageTexts[language].holder, otherName ? `${name} (${otherName})` : name],
        [common.program, program && `${programTitle} (${program.code})`],
        [common.enrolledOn, writtenDate(student.enrollment_date, language)],
        [t.studyYear, String(student.study_year)],
      ])}`,
      html`<div lang="${letter.language}">${sentencesOf(letter, writtenNames(names, letter.language).name).map((sentence) => html`<p>${sentence}</p>`)}</div>`,
      html`${purpose !== null && html`<h3>${t.purpose}</h3><p>${purpose}</p>`}`,
    ]),
  })
}
