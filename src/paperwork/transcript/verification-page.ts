import type { Language } from '#/platform/words.ts'
import { css, escapeHtml, type PageReply } from '#/platform/http/page.ts'
import type { Verification } from './schema.ts'
import { writtenMoment } from './written-dates.ts'

const transcriptWords = {
  en: {
    title: 'Transcript verification',
    valid: ['Genuine', 'This transcript was issued by the institution and its data is unchanged.'],
    expired: [
      'Expired',
      'The transcript is genuine, but its verification period is over. Ask the holder for a new one.',
    ],
    superseded: [
      'Superseded',
      'The transcript is genuine, but a grade was officially corrected since. Ask the holder for a new one.',
    ],
    revoked: ['Revoked', 'The institution has withdrawn this transcript. Do not rely on it.'],
    tampered: [
      'Not genuine',
      'This code was not made by the institution, or it was changed. Do not rely on the document.',
    ],
    unknown: ['Unknown', 'The institution has no record of this transcript. Do not rely on it.'],
  },
  el: {
    title: 'Επαλήθευση αναλυτικής βαθμολογίας',
    valid: ['Γνήσια', 'Η αναλυτική βαθμολογία εκδόθηκε από το ίδρυμα και τα στοιχεία της είναι αναλλοίωτα.'],
    expired: [
      'Έληξε',
      'Η αναλυτική βαθμολογία είναι γνήσια, αλλά ο χρόνος επαλήθευσής της έχει λήξει. Ζητήστε νέα από τον κάτοχο.',
    ],
    superseded: [
      'Αντικαταστάθηκε',
      'Η αναλυτική βαθμολογία είναι γνήσια, αλλά έκτοτε διορθώθηκε επίσημα βαθμός. Ζητήστε νέα από τον κάτοχο.',
    ],
    revoked: ['Ανακλήθηκε', 'Το ίδρυμα έχει αποσύρει αυτή την αναλυτική βαθμολογία. Μη βασιστείτε σε αυτή.'],
    tampered: ['Μη γνήσια', 'Ο κωδικός δεν δημιουργήθηκε από το ίδρυμα ή έχει αλλοιωθεί. Μη βασιστείτε στο έγγραφο.'],
    unknown: ['Άγνωστη', 'Το ίδρυμα δεν έχει στοιχεία για αυτή την αναλυτική βαθμολογία. Μη βασιστείτε σε αυτή.'],
  },
} as const

/** What every page says, whatever the document. */
const labels = {
  en: {
    holder: 'Holder',
    number: 'Student number',
    issued: 'Issued on',
    expires: 'Verifiable until',
    digest: 'Digest of the data (SHA-256)',
    compare: 'Compare the digest, the initials and the last digits of the number with the document in your hands.',
    other: 'Ελληνικά',
  },
  el: {
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

/** The title, and for every reason a heading and an explanation. */
type Words<Reason extends string> = Record<
  Language,
  { title: string } & Record<Reason, readonly [heading: string, explanation: string]>
>

/** What a transcript's reader sees after scanning the QR code. */
export const transcriptPage = (verification: Verification, look: VerificationLook) =>
  verificationPage(verification, look, transcriptWords)

/** What a person sees after scanning the QR code of an official document. */
export function verificationPage<Reason extends Verification['reason']>(
  verification: Omit<Verification, 'reason'> & { reason: Reason },
  { language, timeZone, nonce }: VerificationLook,
  words: Words<Reason>,
): PageReply {
  const t = labels[language]
  const { title } = words[language]
  const [heading, explanation] = words[language][verification.reason]
  const day = (instant: string | null) => instant && writtenMoment(instant, language, timeZone)
  const facts = [
    [t.holder, verification.holder?.initials],
    [t.number, verification.holder?.student_number],
    [t.issued, day(verification.issued_at)],
    [t.expires, day(verification.expires_at)],
    [t.digest, verification.digest],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  const tone = verification.valid
    ? 'good'
    : verification.reason === 'expired' || verification.reason === 'superseded'
      ? 'old'
      : 'bad'
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} - ${escapeHtml(verification.institution[language])}</title>
<style nonce="${nonce}">${css}</style>
</head>
<body>
<main>
<p class="institution">${escapeHtml(verification.institution[language])}</p>
<h1>${title}</h1>
<section class="verdict ${tone}"><h2>${heading}</h2><p>${explanation}</p></section>
${facts.length > 0 ? `<dl>${facts.map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl><p class="hint">${t.compare}</p>` : ''}
<p class="other"><a href="?language=${language === 'en' ? 'el' : 'en'}">${t.other}</a></p>
</main>
</body>
</html>`
  return { html, nonce }
}
