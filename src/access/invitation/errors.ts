import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  INVITATION_INVALID: {
    status: 400,
    fields: ['token'],
    en: 'This invitation is wrong, was accepted or withdrawn before, or is older than seven days. Ask an administrator for a new one.',
    el: 'Η πρόσκληση είναι λάθος, έχει ήδη γίνει δεκτή ή ανακληθεί ή είναι παλαιότερη από επτά ημέρες. Ζητήστε νέα από διαχειριστή.',
  },
  INVITATION_NOT_FOUND: {
    status: 404,
    en: 'There is no open invitation with id {id}. GET /api/v1/users/invitations lists those that are.',
    el: 'Δεν υπάρχει ανοικτή πρόσκληση με αναγνωριστικό {id}. Οι ανοικτές είναι στο GET /api/v1/users/invitations.',
  },
})

export const constraints = {
  'invitation.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
  invitation_email_folded: sharedErrors.VALIDATION_ERROR,
  invitation_role_known: sharedErrors.VALIDATION_ERROR,
  invitation_inviter_gone: sharedErrors.HTTP_403,
} satisfies Constraints
