export interface Bilingual {
  en: string
  el: string
}

/**
 * What the institution certifies; the SHA-256 of its canonical JSON is the digest on the seal line.
 * Decimal values are strings, already rounded; dates are calendar dates, YYYY-MM-DD.
 */
export interface OfficialRecord {
  institution: Bilingual
  student: TranscriptStudent
  program: TranscriptProgram | null
  /** Chronological; empty when nothing has been published yet. */
  terms: TranscriptTerm[]
  cumulative: { average: string | null; gpa: string | null; credits_earned: string; credits_attempted: string }
}

interface TranscriptStudent {
  number: string
  name: string
  latin_name: string | null
  father_name: string | null
  date_of_birth: string | null
  enrollment_date: string
}

interface TranscriptProgram {
  code: string
  title: Bilingual
  degree: string | null
  credits_required: string | null
}

export interface TranscriptTerm {
  code: string
  name: Bilingual
  courses: TranscriptCourse[]
  average: string | null
  gpa: string | null
  credits_earned: string
}

export interface TranscriptCourse {
  code: string
  title: Bilingual
  credits: string
  letter: string
  percentage: string
  points: string
  outcome: 'pass' | 'fail' | 'withdrawn' | 'incomplete' | 'graded'
  /** False: repeated, another attempt counts; shown and marked with a footnote sign. */
  counted: boolean
}
