import type { Context } from '#/platform/context.ts'
import { css, html, type PageReply, raw } from '#/platform/http/page.ts'
import type { Language } from '#/platform/words.ts'
import type { Verdict } from './judge-token.ts'
import { writtenMoment } from './written-dates.ts'

/** What every page says, whatever the document. */
const labels = {
  en: {
    tampered: [
      'Not genuine',
      'This code was not made by the institution, or it was changed. Do not rely on the document.',
    ],
    holder: 'Holder',
    number: 'Student number',
    issued: 'Issued on',
    expires: 'Verifiable until',
    digest: 'Digest of the data (SHA-256)',
    compare: 'Compare the digest, the initials and the last digits of the number with the document in your hands.',
    other: 'Ελληνικά',
  },
  el: {
    tampered: ['Μη γνήσια', 'Ο κωδικός δεν δημιουργήθηκε από το ίδρυμα ή έχει αλλοιωθεί. Μη βασιστείτε στο έγγραφο.'],
    holder: 'Κάτοχος',
    number: 'Αριθμός μητρώου',
    issued: 'Ημερομηνία έκδοσης',
    expires: 'Επαληθεύσιμη έως',
    digest: 'Αποτύπωμα στοιχείων (SHA-256)',
    compare: 'Συγκρίνετε το αποτύπωμα, τα αρχικά και τα τελευταία ψηφία του αριθμού με το έγγραφο που κρατάτε.',
    other: 'English',
  },
} as const

export interface VerificationLook {
  language: Language
  timeZone: string
  nonce: string
}

/** How a page looks to whoever asks, in the language of the address or of the request. */
export const lookOf = (ctx: Context, language: Language | undefined): VerificationLook => ({
  language: language ?? ctx.language,
  timeZone: ctx.settings.INSTITUTION_TIMEZONE,
  nonce: ctx.newId(),
})

/** The title, and for every reason a heading and an explanation. A forgery has no kind: it is called the same everywhere. */
type Words<Reason extends string> = Record<
  Language,
  { title: string } & Record<Exclude<Reason, 'tampered'>, readonly [heading: string, explanation: string]>
>

/** What a person sees after scanning the QR code of an official document. */
export function verificationPage<Reason extends Verdict['reason'] | 'superseded'>(
  { reason, ...verification }: Omit<Verdict, 'reason'> & { reason: Reason },
  { language, timeZone, nonce }: VerificationLook,
  words: Words<Reason>,
): PageReply {
  const t = labels[language]
  const texts = { ...words[language], tampered: t.tampered }
  const [heading, explanation] = texts[reason]
  const institution = verification.institution[language]
  const day = (instant: string | null) => instant && writtenMoment(instant, language, timeZone)
  const facts = [
    [t.holder, verification.holder?.initials],
    [t.number, verification.holder?.student_number],
    [t.issued, day(verification.issued_at)],
    [t.expires, day(verification.expires_at)],
    [t.digest, verification.digest],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  const tone = verification.valid ? 'good' : reason === 'expired' || reason === 'superseded' ? 'old' : 'bad'
  const list = facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)
  return {
    nonce,
    html: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title} - ${institution}</title>
<style nonce="${nonce}">${raw(css)}</style>
</head>
<body>
<main>
<p class="institution">${institution}</p>
<h1>${texts.title}</h1>
<section class="verdict ${tone}"><h2>${heading}</h2><p>${explanation}</p></section>
${list.length > 0 && html`<dl>${list}</dl><p class="hint">${t.compare}</p>`}
<p class="other"><a href="?language=${language === 'en' ? 'el' : 'en'}">${t.other}</a></p>
</main>
</body>
</html>`,
  }
}
