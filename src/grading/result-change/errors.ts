import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { changeStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  RESULT_CHANGE_NOT_FOUND: {
    status: 404,
    en: 'Result change with id {id} not found.',
    el: 'Δεν βρέθηκε αλλαγή αποτελέσματος με αναγνωριστικό {id}.',
  },
  RESULT_STILL_DRAFT: {
    status: 400,
    en: 'This result is still a draft: edit it with PATCH /api/v1/results/{id}.',
    el: 'Το αποτέλεσμα είναι ακόμη πρόχειρο: τροποποιήστε το με PATCH /api/v1/results/{id}.',
  },
  GRADE_NOT_IN_SCHEME: {
    status: 400,
    fields: ['new_grade'],
    en: 'The grading scheme of this result has no grade {grade}. Its grades are: {grades}.',
    el: 'Η βαθμολογική κλίμακα του αποτελέσματος δεν έχει βαθμό {grade}. Οι βαθμοί της είναι: {grades}.',
    plain: {
      en: 'The grading scheme of this result has no such grade. Check the letter.',
      el: 'Η βαθμολογική κλίμακα του αποτελέσματος δεν έχει τέτοιον βαθμό. Ελέγξτε τον χαρακτηρισμό.',
    },
  },
  RESULT_CHANGE_EMPTY: {
    status: 400,
    en: 'The result already is {letter} with {percentage}%: there is nothing to change.',
    el: 'Το αποτέλεσμα είναι ήδη {letter} με {percentage}%: δεν υπάρχει τίποτα να αλλάξει.',
  },
  RESULT_CHANGE_PENDING: {
    status: 409,
    en: 'A change of this result is pending already. It has to be approved or rejected first.',
    el: 'Εκκρεμεί ήδη αλλαγή του αποτελέσματος. Πρέπει πρώτα να εγκριθεί ή να απορριφθεί.',
  },
  RESULT_CHANGE_OWN: {
    status: 403,
    en: 'You asked for this change, so somebody else has to decide on it.',
    el: 'Την αλλαγή την ζητήσατε εσείς, άρα πρέπει να αποφασίσει κάποιος άλλος.',
  },
  RESULT_CHANGE_RESOLVED: {
    status: 400,
    en: 'This change is already {status}. If the result is still wrong, ask for a new change.',
    el: 'Η αλλαγή είναι ήδη {status}. Αν το αποτέλεσμα είναι ακόμη λάθος, ζητήστε νέα αλλαγή.',
    words: { status: changeStates },
  },
  RESULT_CHANGE_NEEDS_ANOTHER: {
    status: 400,
    en: 'You have already approved this change. The result is frozen: somebody else has to approve it, too.',
    el: 'Έχετε ήδη εγκρίνει την αλλαγή. Το αποτέλεσμα είναι οριστικό: πρέπει να την εγκρίνει και κάποιος άλλος.',
  },
})

export const constraints = {
  'result_change.result_id': errors.RESULT_CHANGE_PENDING,
  'result_change_approval.change_id, result_change_approval.user_id': errors.RESULT_CHANGE_NEEDS_ANOTHER,
  result_change_own: errors.RESULT_CHANGE_OWN,
  result_change_two_persons: errors.RESULT_CHANGE_OWN,
  result_change_approver_role: sharedErrors.HTTP_403,
  result_change_of_draft: errors.RESULT_STILL_DRAFT,
  result_change_outdated: sharedErrors.STALE_STATE,
  result_change_resolved: sharedErrors.STALE_STATE,
  result_change_resolved_when: sharedErrors.STALE_STATE,
  result_change_unapproved: sharedErrors.STALE_STATE,
  result_change_is_kept: sharedErrors.INTERNAL_SERVER_ERROR,
  result_change_status_known: sharedErrors.VALIDATION_ERROR,
  result_change_outcome_known: sharedErrors.VALIDATION_ERROR,
  result_change_percentage_range: sharedErrors.VALIDATION_ERROR,
  result_change_points_range: sharedErrors.VALIDATION_ERROR,
  result_change_approvals_range: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
