import type { Language } from '#/platform/words.ts'
import type { TranscriptCourse } from './official-record.ts'

export interface TranscriptTexts {
  title: string
  dateOfBirth: string
  degree: string
  creditsRequired: string
  columns: {
    code: string
    title: string
    credits: string
    grade: string
    band: string
    percentage: string
    points: string
  }
  continued: (term: string) => string
  creditsEarned: string
  creditsAttempted: string
  average: string
  gpa: string
  cumulative: string
  nothingPublished: string
  nothingPublishedMeaning: string
  marks: string
  marksMeaning: readonly string[]
  creditsMeaning: string
  scaleMeaning: (max: string, pass: string) => string
  bandFrom: (name: string, from: string) => string
  averageMeaning: string
  distributionMeaning: (grades: number) => string
  codesMeaning: string
  repeatedMeaning: string
  digest: string
}

/** Printed when a course carries no letter. */
export const outcomeMarks: Record<TranscriptCourse['outcome'], string> = {
  pass: 'P',
  fail: 'F',
  withdrawn: 'W',
  incomplete: 'I',
  graded: '–',
}

/** Marks an attempt at a repeated course that does not count. */
export const repeatedSign = '†'

/** Stands where there is no figure. */
export const missing = '–'

const english: TranscriptTexts = {
  title: 'Transcript of Academic Record',
  dateOfBirth: 'Date of birth',
  degree: 'Degree',
  creditsRequired: 'Credits required',
  columns: {
    code: 'Code',
    title: 'Course',
    credits: 'ECTS',
    grade: 'Grade',
    band: 'Classification',
    percentage: 'Percentage',
    points: 'Points',
  },
  continued: (term) => `${term} (continued)`,
  creditsEarned: 'Credits earned',
  creditsAttempted: 'Credits attempted',
  average: 'Average',
  gpa: 'GPA',
  cumulative: 'Cumulative record',
  nothingPublished: 'No results have been published yet.',
  nothingPublishedMeaning:
    'On the date of issue the academic record contains no published course results, credits or averages.',
  marks: 'Explanation of marks',
  marksMeaning: [
    'Credits follow the European Credit Transfer and Accumulation System (ECTS). Percentage: final mark from 0 to 100.',
    'Points: grade points from 0 to 4. Average (of percentages) and GPA (of points) are weighted by credits.',
    'P: passed. F: failed. W: withdrawn. I: incomplete, final mark pending.',
  ],
  creditsMeaning: 'Credits follow the European Credit Transfer and Accumulation System (ECTS).',
  scaleMeaning: (max, pass) => `Grades from 0 to ${max}, pass mark ${pass}.`,
  bandFrom: (name, from) => `${name} from ${from}`,
  averageMeaning: 'Averages are weighted by credits and count on the same scale. A grade on another scale says which.',
  distributionMeaning: (grades) =>
    `Distribution of the ${grades} grades given on this scale in the five years up to the newest result of this record:`,
  codesMeaning: 'P: passed. F: failed. W: withdrawn. I: incomplete, final mark pending.',
  repeatedMeaning: 'repeated course; this attempt is shown for completeness and another one counts.',
  digest: 'SHA-256 digest of the record',
}

const greek: TranscriptTexts = {
  title: 'Αναλυτική Βαθμολογία',
  dateOfBirth: 'Ημερομηνία γέννησης',
  degree: 'Τίτλος σπουδών',
  creditsRequired: 'Απαιτούμενες μονάδες',
  columns: {
    code: 'Κωδικός',
    title: 'Μάθημα',
    credits: 'ECTS',
    grade: 'Βαθμός',
    band: 'Χαρακτηρισμός',
    percentage: 'Ποσοστό',
    points: 'Μόρια',
  },
  continued: (term) => `${term} (συνέχεια)`,
  creditsEarned: 'Κατοχυρωμένες μονάδες',
  creditsAttempted: 'Δηλωθείσες μονάδες',
  average: 'Μέσος όρος',
  gpa: 'GPA',
  cumulative: 'Συνολική επίδοση',
  nothingPublished: 'Δεν έχουν δημοσιευθεί ακόμη αποτελέσματα.',
  nothingPublishedMeaning:
    'Κατά την ημερομηνία έκδοσης η καρτέλα δεν περιέχει δημοσιευμένες βαθμολογίες, μονάδες ή μέσους όρους.',
  marks: 'Επεξήγηση',
  marksMeaning: [
    'Οι μονάδες ακολουθούν το Ευρωπαϊκό Σύστημα Μεταφοράς και Συσσώρευσης (ECTS). Ποσοστό: τελική επίδοση από 0 έως 100.',
    'Μόρια: από 0 έως 4. Ο μέσος όρος (των ποσοστών) και το GPA (των μορίων) σταθμίζονται με τις μονάδες.',
    'P: επιτυχία. F: αποτυχία. W: αποχώρηση. I: εκκρεμεί ο τελικός βαθμός.',
  ],
  creditsMeaning: 'Οι μονάδες ακολουθούν το Ευρωπαϊκό Σύστημα Μεταφοράς και Συσσώρευσης (ECTS).',
  scaleMeaning: (max, pass) => `Βαθμοί από 0 έως ${max}, βάση ${pass}.`,
  bandFrom: (name, from) => `${name} από ${from}`,
  averageMeaning: 'Οι μέσοι όροι σταθμίζονται με τις μονάδες, στην ίδια κλίμακα. Βαθμός άλλης κλίμακας την αναφέρει.',
  distributionMeaning: (grades) =>
    `Κατανομή των ${grades} βαθμών που δόθηκαν σε αυτή την κλίμακα την πενταετία έως το νεότερο αποτέλεσμα της καρτέλας:`,
  codesMeaning: 'P: επιτυχία. F: αποτυχία. W: αποχώρηση. I: εκκρεμεί ο τελικός βαθμός.',
  repeatedMeaning: 'μάθημα που επαναλήφθηκε· η προσπάθεια αναγράφεται για πληρότητα και προσμετράται άλλη.',
  digest: 'Αποτύπωμα SHA-256 της βαθμολογίας',
}

export const transcriptTexts: Record<Language, TranscriptTexts> = { en: english, el: greek }
