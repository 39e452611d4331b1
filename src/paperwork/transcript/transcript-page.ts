import { verificationPage, type VerificationLook } from '#/paperwork/official-document/index.ts'
import type { Verification } from './schema.ts'

const words = {
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
    unknown: ['Άγνωστη', 'Το ίδρυμα δεν έχει στοιχεία για αυτή την αναλυτική βαθμολογία. Μη βασιστείτε σε αυτή.'],
  },
} as const

/** What a person sees after scanning the QR code of a transcript. */
export const transcriptPage = (verification: Verification, look: VerificationLook) =>
  verificationPage(verification, look, words)
