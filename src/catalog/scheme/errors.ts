import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  SCHEME_NOT_FOUND: {
    status: 404,
    en: 'Grading scheme with id {id} not found.',
    el: 'Δεν βρέθηκε κλίμακα βαθμολογίας με αναγνωριστικό {id}.',
  },
  SCHEME_CODE_TAKEN: {
    status: 409,
    en: 'There is already a grading scheme whose code is, or looks like, {code}. Choose another.',
    el: 'Υπάρχει ήδη κλίμακα βαθμολογίας με κωδικό ίδιο ή όμοιο στην όψη με τον {code}. Επιλέξτε άλλον.',
  },
  SCHEME_CODE_FIXED: {
    status: 400,
    en: 'The code of a grading scheme does not change. Create a new one.',
    el: 'Ο κωδικός μιας κλίμακας βαθμολογίας δεν αλλάζει. Δημιουργήστε νέα.',
  },
  SCHEME_UNSOUND: {
    status: 422,
    en: 'The scheme cannot grade every percentage without doubt. Each problem is listed in details.errors.',
    el: 'Η κλίμακα δεν βαθμολογεί μονοσήμαντα κάθε ποσοστό. Κάθε πρόβλημα αναφέρεται στο details.errors.',
  },
  SCHEME_SHIPPED: {
    status: 409,
    en: 'The grading scheme {code} belongs to the system and cannot be deleted. It does no harm to leave it unused.',
    el: 'Η κλίμακα βαθμολογίας {code} ανήκει στο σύστημα και δεν διαγράφεται. Μπορείτε απλώς να μην τη χρησιμοποιείτε.',
  },
  SCHEME_IN_USE: {
    status: 409,
    en: 'Programs, sections or results use the grading scheme {code}, so it cannot be deleted. Give programs and sections another one first.',
    el: 'Η κλίμακα βαθμολογίας {code} χρησιμοποιείται από προγράμματα σπουδών, τμήματα ή αποτελέσματα και δεν διαγράφεται. Δώστε πρώτα σε προγράμματα και τμήματα άλλη κλίμακα.',
  },
  SCHEME_HAS_RESULTS: {
    status: 409,
    en: 'There are results by the grading scheme {code}, so it cannot change. Create a new one.',
    el: 'Υπάρχουν αποτελέσματα με την κλίμακα βαθμολογίας {code}, άρα δεν αλλάζει. Δημιουργήστε νέα.',
  },
})

export const constraints = {
  'grading_scheme.code': errors.SCHEME_CODE_TAKEN,
  'grading_scheme.code_key': errors.SCHEME_CODE_TAKEN,
  grading_scheme_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  scheme_is_shipped: errors.SCHEME_SHIPPED,
  scheme_in_use: errors.SCHEME_IN_USE,
  scheme_code_fixed: errors.SCHEME_CODE_FIXED,
  scheme_has_results: errors.SCHEME_HAS_RESULTS,
  scheme_scale_known: sharedErrors.VALIDATION_ERROR,
  scheme_pass_minimum_range: sharedErrors.VALIDATION_ERROR,
  scheme_shipped_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  scheme_step_known: sharedErrors.VALIDATION_ERROR,
  scheme_rounding_known: sharedErrors.VALIDATION_ERROR,
  scheme_decimals_range: sharedErrors.VALIDATION_ERROR,
  scheme_shows_percent_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  scheme_bands_json: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
