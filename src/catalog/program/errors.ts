import type { ErrorCode, ErrorText } from '#/platform/errors.ts'

export const programErrors = {
  PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {id}.',
  },
  PROGRAM_CODE_TAKEN: {
    status: 409,
    en: 'There is already a program with the code {code}. Choose another.',
    el: 'Υπάρχει ήδη πρόγραμμα σπουδών με κωδικό {code}. Επιλέξτε άλλον.',
  },
  PROGRAM_IN_USE: {
    status: 409,
    en: 'The program {code} has courses or students and cannot be deleted. Move or delete them first, or archive it.',
    el: 'Το πρόγραμμα {code} έχει μαθήματα ή φοιτητές και δεν διαγράφεται. Μεταφέρετε ή διαγράψτε τα πρώτα, ή αρχειοθετήστε το.',
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
  PROGRAM_ARCHIVED: {
    status: 400,
    en: 'The program with id {program_id} is archived and takes no new students. Choose another, or unarchive it first.',
    el: 'Το πρόγραμμα σπουδών με αναγνωριστικό {program_id} είναι αρχειοθετημένο και δεν δέχεται νέους φοιτητές. Επιλέξτε άλλο ή βγάλτε το πρώτα από το αρχείο.',
  },
} satisfies Record<string, ErrorText>

export const programConstraints = {
  'program.code': 'PROGRAM_CODE_TAKEN',
  program_applied_for: 'PROGRAM_APPLIED_FOR',
  student_program_archived: 'PROGRAM_ARCHIVED',
  program_in_use: 'PROGRAM_IN_USE',
  program_scheme_missing: 'PROGRAM_SCHEME_NOT_FOUND',
  program_credits_required_range: 'VALIDATION_ERROR',
  program_credits_per_term_range: 'VALIDATION_ERROR',
  program_grading_scheme_known: 'VALIDATION_ERROR',
  program_repeat_policy_known: 'VALIDATION_ERROR',
} satisfies Record<string, ErrorCode>
