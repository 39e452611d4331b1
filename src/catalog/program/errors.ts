import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {id}.',
  },
  PROGRAM_CODE_TAKEN: {
    status: 409,
    en: 'There is already a program whose code is, or looks like, {code}. Choose another.',
    el: 'Υπάρχει ήδη πρόγραμμα σπουδών με κωδικό ίδιο ή όμοιο στην όψη με τον {code}. Επιλέξτε άλλον.',
  },
  PROGRAM_IN_USE: {
    status: 409,
    en: 'The program {code} has courses or students and cannot be deleted. Archive it, or move them to another program first.',
    el: 'Το πρόγραμμα {code} έχει μαθήματα ή φοιτητές και δεν διαγράφεται. Αρχειοθετήστε το ή μεταφέρετέ τα πρώτα σε άλλο πρόγραμμα.',
  },
  PROGRAM_SCHEME_NOT_FOUND: {
    status: 404,
    en: 'There is no grading scheme with the code {grading_scheme}. Check the code.',
    el: 'Δεν υπάρχει κλίμακα βαθμολογίας με κωδικό {grading_scheme}. Ελέγξτε τον κωδικό.',
  },
  PROGRAM_APPLIED_FOR: {
    status: 409,
    en: 'There are open applications for the program {code}. Decide them before you delete it.',
    el: 'Υπάρχουν ανοικτές αιτήσεις εισαγωγής για το πρόγραμμα {code}. Κρίνετέ τις πριν το διαγράψετε.',
  },
})

export const constraints = {
  'program.code': errors.PROGRAM_CODE_TAKEN,
  'program.code_key': errors.PROGRAM_CODE_TAKEN,
  program_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  program_applied_for: errors.PROGRAM_APPLIED_FOR,
  student_program_archived: studentErrors.PROGRAM_ARCHIVED,
  program_in_use: errors.PROGRAM_IN_USE,
  program_scheme_missing: errors.PROGRAM_SCHEME_NOT_FOUND,
  program_credits_required_range: sharedErrors.VALIDATION_ERROR,
  program_credits_per_term_range: sharedErrors.VALIDATION_ERROR,
  program_grading_scheme_known: sharedErrors.VALIDATION_ERROR,
  program_repeat_policy_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
