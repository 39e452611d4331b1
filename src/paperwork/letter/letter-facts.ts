/** What a letter certifies, as it was when the request was approved; the SHA-256 of its canonical JSON is its digest. */
export interface LetterFacts {
  type: 'bonafide' | 'noc'
  language: 'en' | 'el'
  institution: { en: string; el: string }
  /** Absent in letters from before it was printed, and Latin names came first in English: they are drawn as they were. */
  institution_address?: { en: string; el: string } | null
  student: {
    student_number: string
    first_name: string | null
    last_name: string | null
    latin_name: string | null
    father_name: string | null
    enrollment_date: string
    study_year: number
  }
  program: { code: string; title: string; title_el: string | null } | null
  /** In the student's words. */
  purpose: string | null
}
