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
  /** Where the institution is; absent in records from before it was printed. */
  institution_address?: Bilingual | null
  student: TranscriptStudent
  program: TranscriptProgram | null
  /** That of averages, and of grades that say no other. Absent in records of before: their averages are percentages. */
  scale?: RecordScale | null
  /** Chronological; empty when nothing has been published yet. */
  terms: TranscriptTerm[]
  cumulative: { average: string | null; gpa: string | null; credits_earned: string; credits_attempted: string }
}

/** A grading scheme as documents explain it. */
export interface RecordScale {
  max: string
  pass: string
  shows_percent: boolean
  /** The passing ones, from the top down. */
  bands: { from: string; name: Bilingual }[]
  /** How often each grade was given in five years, the failing ones among them; absent while that is a few. */
  distribution?: { grades: number; bands: { name: Bilingual; grades: number }[] } | undefined
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
  degree_el?: string | null
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
  /** On its own scale, of `scale` at most, and what the band is called; absent in records of before, empty without figures. */
  value?: string | undefined
  scale?: string | undefined
  band?: Bilingual | null | undefined
  percentage: string
  points: string
  outcome: 'pass' | 'fail' | 'withdrawn' | 'incomplete' | 'graded'
  /** False: repeated, another attempt counts; shown and marked with a footnote sign. */
  counted: boolean
}
