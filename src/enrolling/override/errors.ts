import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  OVERRIDE_NOT_FOUND: {
    status: 404,
    en: 'Override with id {id} not found.',
    el: 'Δεν βρέθηκε παρέκκλιση με αναγνωριστικό {id}.',
  },
  OVERRIDE_SCOPE_NOT_FOUND: {
    status: 404,
    en: 'The section, course or term that the override is for does not exist. Check its id.',
    el: 'Το τμήμα, το μάθημα ή το εξάμηνο της παρέκκλισης δεν υπάρχει. Ελέγξτε το αναγνωριστικό του.',
  },
  OVERRIDE_ALREADY_REVOKED: {
    status: 409,
    en: 'This override has already been revoked. There is nothing left to do.',
    el: 'Αυτή η παρέκκλιση έχει ήδη ανακληθεί. Δεν χρειάζεται άλλη ενέργεια.',
  },
})

export const constraints = {
  override_student_missing: studentErrors.STUDENT_NOT_FOUND,
  override_scope_missing: errors.OVERRIDE_SCOPE_NOT_FOUND,
  override_is_revoked: errors.OVERRIDE_ALREADY_REVOKED,
  override_is_fixed: sharedErrors.STALE_STATE,
  override_check_known: sharedErrors.VALIDATION_ERROR,
  override_one_scope: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
