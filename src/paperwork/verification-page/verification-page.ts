import { html, type PageReply } from '#/platform/http/page.ts'
import { type Verdict, writtenMoment } from '#/paperwork/official-document/index.ts'
import type { Language } from '#/platform/words.ts'
import { documentPage, factList, part, type VerificationLook } from './document-page.ts'
import { pageScript } from './page-script.ts'
import { pageTexts } from './page-texts.ts'

/** The title, and for every reason a heading and an explanation. A forgery has no kind: it is called the same everywhere. */
type Words<Reason extends string> = Record<
  Language,
  { title: string } & Record<Exclude<Reason, 'tampered'>, readonly [heading: string, explanation: string]>
>

type Judged<Reason extends string> = Omit<Verdict, 'reason'> & { reason: Reason }
type AnyReason = Verdict['reason'] | 'superseded'

/** Where the page sends what people give it. */
interface Asking {
  /** Takes student number or date of birth, for what was issued. */
  record: string
  /** Takes the PDF file. */
  file: string
}

/** What a person sees after scanning the QR code of an official document. */
export function verificationPage<Reason extends AnyReason>(
  verification: Judged<Reason>,
  look: VerificationLook,
  { words, asking }: { words: Words<Reason>; asking: Asking },
): PageReply {
  const t = pageTexts[look.language]
  const isOurs = verification.digest !== null
  return documentPage(look, {
    institution: verification.institution[look.language],
    title: words[look.language].title,
    body: html`${verdict(verification, look, words)}
${isOurs && html`<p class="hint">${t.compare}</p>${limits(t)}`}
${verification.valid && recordForm(t, asking)}
${isOurs && fileForm(t, asking)}
${isOurs && html`<noscript><p class="hint">${t.noScript}</p></noscript>`}`,
    ...(isOurs && { script: pageScript }),
  })
}

/** What is said of a file that was given to be checked. */
export const filePage = <Reason extends AnyReason>(
  verification: Judged<Reason>,
  look: VerificationLook,
  words: Words<Reason>,
): PageReply =>
  documentPage(look, {
    institution: verification.institution[look.language],
    title: words[look.language].title,
    body: part(verdict(verification, look, words)),
  })

/** Whether it is genuine, and of whom and when. */
function verdict<Reason extends AnyReason>(
  { valid, reason, holder, issued_at, expires_at, digest }: Judged<Reason>,
  { language, timeZone }: VerificationLook,
  words: Words<Reason>,
) {
  const t = pageTexts[language]
  const texts = { ...words[language], tampered: t.tampered }
  const [heading, explanation] = texts[reason]
  const day = (instant: string | null) => instant && writtenMoment(instant, language, timeZone)
  const tone = valid ? 'good' : reason === 'expired' || reason === 'superseded' ? 'old' : 'bad'
  return html`<section class="verdict ${tone}"><h2>${heading}</h2><p>${explanation}</p></section>
${factList([
  [t.holder, holder?.initials],
  [t.number, holder?.student_number],
  [t.issued, day(issued_at)],
  [t.expires, day(expires_at)],
  [t.digest, digest],
])}`
}

type Texts = (typeof pageTexts)[Language]

const limits = (t: Texts) => html`<section class="limits">
<h2>${t.proves}</h2><p>${t.provesMeaning}</p>
<h2>${t.provesNot}</h2><p>${t.provesNotMeaning}</p>
</section>`

/** Without an action: nothing that is typed can come into an address, even when the script does not run. */
const recordForm = (
  t: Texts,
  { record }: Asking,
) => html`<form data-to="${record}" data-failed="${t.failed}" data-one="${t.one}" autocomplete="off">
<h2>${t.show}</h2><p class="hint">${t.showMeaning}</p>
<label>${t.number} <input name="student_number" maxlength="40"></label>
<label>${t.birth} <input name="date_of_birth" type="date"></label>
<button>${t.showButton}</button>
</form>
<div role="status"></div>`

const fileForm = (
  t: Texts,
  { file }: Asking,
) => html`<form data-to="${file}" data-failed="${t.failed}" data-takes="file">
<h2>${t.file}</h2><p class="hint">${t.fileMeaning}</p>
<label>${t.choose} <input type="file" accept=".pdf,application/pdf"></label>
</form>
<div role="status"></div>`
