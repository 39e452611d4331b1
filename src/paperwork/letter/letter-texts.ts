import type { LetterFacts } from './letter-facts.ts'

interface Subject {
  name: string
  /** Whether the student's words follow. */
  hasPurpose: boolean
  institution: string
  programTitle: string | null
}

interface LetterTexts {
  title: Record<LetterFacts['type'], string>
  studyYear: string
  statement: (type: LetterFacts['type'], subject: Subject) => string[]
  purpose: string
  digest: string
}

export const letterTexts: Record<LetterFacts['language'], LetterTexts> = {
  en: {
    title: { bonafide: 'Certificate of Studies', noc: 'Letter of No Objection' },
    studyYear: 'Year of study',
    statement: (type, { name, hasPurpose, institution, programTitle }) => [
      `This is to certify that ${name} is a bona fide student of ${institution}${programTitle ? `, in active attendance of the program of study ${programTitle}` : ', in active attendance'}.`,
      type === 'noc'
        ? `The institution has no objection to the purpose ${hasPurpose ? 'that the student states below' : 'for which the student asks for this letter'}. This letter is no approval by any other authority.`
        : 'This certificate is issued at the request of the student, for use wherever it is required.',
    ],
    purpose: 'Purpose, as the student states it',
    digest: 'SHA-256 digest of the facts certified',
  },
  el: {
    title: { bonafide: 'Βεβαίωση Σπουδών', noc: 'Βεβαίωση Μη Αντίρρησης' },
    studyYear: 'Έτος σπουδών',
    statement: (type, { name, hasPurpose, institution, programTitle }) => [
      `Βεβαιώνεται ότι ο/η ${name} είναι ενεργό μέλος της φοιτητικής κοινότητας του ιδρύματος «${institution}»${programTitle ? ` και φοιτά κανονικά στο πρόγραμμα σπουδών «${programTitle}»` : ' και φοιτά κανονικά'}.`,
      type === 'noc'
        ? `Το ίδρυμα δεν έχει αντίρρηση για τον σκοπό ${hasPurpose ? 'που δηλώνεται παρακάτω' : 'για τον οποίο ζητείται η βεβαίωση'}. Η βεβαίωση δεν υποκαθιστά την έγκριση άλλης αρχής.`
        : 'Η βεβαίωση χορηγείται ύστερα από αίτηση, για κάθε νόμιμη χρήση.',
    ],
    purpose: 'Σκοπός, όπως δηλώνεται στην αίτηση',
    digest: 'Αποτύπωμα SHA-256 των βεβαιούμενων στοιχείων',
  },
}
