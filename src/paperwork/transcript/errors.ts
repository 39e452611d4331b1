import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  TRANSCRIPT_ISSUE_NOT_FOUND: {
    status: 404,
    en: 'Issued transcript with id {id} not found.',
    el: 'Δεν βρέθηκε εκδοθείσα αναλυτική βαθμολογία με αναγνωριστικό {id}.',
  },
  TRANSCRIPT_ALREADY_REVOKED: {
    status: 409,
    en: 'This transcript has already been revoked. There is nothing left to do.',
    el: 'Αυτή η αναλυτική βαθμολογία έχει ήδη ανακληθεί. Δεν χρειάζεται άλλη ενέργεια.',
  },
})

export const constraints = {
  transcript_issue_is_kept: sharedErrors.INTERNAL_SERVER_ERROR,
  transcript_record_is_kept: sharedErrors.INTERNAL_SERVER_ERROR,
  transcript_record_json: sharedErrors.INTERNAL_SERVER_ERROR,
  transcript_issue_language_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
