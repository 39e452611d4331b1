import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  EMAIL_CONFIRMATION_INVALID: {
    status: 400,
    en: 'This token is wrong, was used before, or is older than 24 hours. Ask for a new one with POST /api/v1/auth/email-confirmation/request.',
    el: 'Το διακριτικό είναι λάθος, έχει ήδη χρησιμοποιηθεί ή είναι παλαιότερο από 24 ώρες. Ζητήστε νέο με POST /api/v1/auth/email-confirmation/request.',
  },
})

export const constraints = {
  'email_confirmation.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
