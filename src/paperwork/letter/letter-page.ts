import { verificationPage, type VerificationLook } from '#/paperwork/official-document/index.ts'
import type { LetterVerification } from './schema.ts'

const words = {
  en: {
    title: 'Letter verification',
    valid: ['Genuine', 'This letter was issued by the institution and what it certifies is unchanged.'],
    expired: ['Expired', 'The letter is genuine, but its period of validity is over. Ask the holder for a new one.'],
    revoked: ['Revoked', 'The institution has withdrawn this letter. Do not rely on it.'],
    unknown: ['Unknown', 'The institution has no record of this letter. Do not rely on it.'],
  },
  el: {
    title: 'Επαλήθευση βεβαίωσης',
    valid: ['Γνήσια', 'Η βεβαίωση εκδόθηκε από το ίδρυμα και τα στοιχεία της είναι αναλλοίωτα.'],
    expired: ['Έληξε', 'Η βεβαίωση είναι γνήσια, αλλά ο χρόνος ισχύος της έχει λήξει. Ζητήστε νέα από τον κάτοχο.'],
    revoked: ['Ανακλήθηκε', 'Το ίδρυμα έχει αποσύρει αυτή τη βεβαίωση. Μη βασιστείτε σε αυτή.'],
    unknown: ['Άγνωστη', 'Το ίδρυμα δεν έχει στοιχεία για αυτή τη βεβαίωση. Μη βασιστείτε σε αυτή.'],
  },
} as const

/** What a person sees after scanning the code of a letter. */
export const letterPage = (verification: LetterVerification, look: VerificationLook) =>
  verificationPage(verification, look, words)
