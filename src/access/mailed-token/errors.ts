import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  RESET_TOKEN_INVALID: {
    status: 400,
    en: 'This token is wrong, was used before, or is older than 30 minutes. Ask for a new one.',
    el: 'Το διακριτικό είναι λάθος, έχει ήδη χρησιμοποιηθεί ή είναι παλαιότερο από 30 λεπτά. Ζητήστε νέο.',
  },
  INVITATION_INVALID: {
    status: 400,
    en: 'This invitation is wrong, was accepted before, or is older than seven days. Ask an administrator for a new one.',
    el: 'Η πρόσκληση είναι λάθος, έχει ήδη γίνει δεκτή ή είναι παλαιότερη από επτά ημέρες. Ζητήστε νέα από διαχειριστή.',
  },
})

export const constraints = {
  'password_reset.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
  'invitation.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
  invitation_email_folded: sharedErrors.VALIDATION_ERROR,
  invitation_role_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
