import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  RESET_TOKEN_INVALID: {
    status: 400,
    fields: ['token'],
    en: 'This token is wrong, was used before, or is older than 30 minutes. Ask for a new one.',
    el: 'Το διακριτικό είναι λάθος, έχει ήδη χρησιμοποιηθεί ή είναι παλαιότερο από 30 λεπτά. Ζητήστε νέο.',
  },
})

export const constraints = {
  'password_reset.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
