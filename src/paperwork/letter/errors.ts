import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { studentStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  REQUEST_STUDENT_NOT_ACTIVE: {
    status: 400,
    en: 'Only active students are given this letter. The status of this one is {status}. Ask the registrar about it.',
    el: 'Μόνο ενεργοί φοιτητές λαμβάνουν αυτή τη βεβαίωση. Η κατάσταση αυτού είναι {status}. Απευθυνθείτε στη γραμματεία.',
    words: { status: studentStates },
  },
  LETTER_NOT_FOUND: {
    status: 404,
    en: 'Letter with id {id} not found.',
    el: 'Δεν βρέθηκε βεβαίωση με αναγνωριστικό {id}.',
  },
  LETTER_REVOKED: {
    status: 410,
    en: 'The institution has withdrawn this letter. File a new request.',
    el: 'Το ίδρυμα έχει αποσύρει αυτή τη βεβαίωση. Υποβάλετε νέα αίτηση.',
  },
  LETTER_ALREADY_REVOKED: {
    status: 409,
    en: 'This letter has already been revoked. There is nothing left to do.',
    el: 'Αυτή η βεβαίωση έχει ήδη ανακληθεί. Δεν χρειάζεται άλλη ενέργεια.',
  },
})

export const constraints = {
  letter_facts_json: sharedErrors.INTERNAL_SERVER_ERROR,
  letter_is_kept: sharedErrors.INTERNAL_SERVER_ERROR,
  letter_is_revoked: errors.LETTER_ALREADY_REVOKED,
  'letter.request_id': sharedErrors.STALE_STATE,
} satisfies Constraints
