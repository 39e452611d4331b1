import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  EMAIL_CONFIRMATION_PASSWORD: {
    status: 400,
    fields: ['password'],
    en: 'The password of the account that was opened last under this e-mail is wanted, and this is not it. If somebody else opened that account, register anew and confirm with the password you choose.',
    el: 'Απαιτείται ο κωδικός του λογαριασμού που ανοίχθηκε τελευταίος με αυτό το e-mail, και δεν είναι αυτός. Αν τον λογαριασμό άνοιξε άλλος, εγγραφείτε ξανά και επιβεβαιώστε με τον κωδικό που θα επιλέξετε.',
  },
  EMAIL_CONFIRMATION_INVALID: {
    status: 400,
    fields: ['token'],
    en: 'This token is wrong, was used before, or is older than 24 hours. Ask for a new one with POST /api/v1/auth/email-confirmation/request.',
    el: 'Το διακριτικό είναι λάθος, έχει ήδη χρησιμοποιηθεί ή είναι παλαιότερο από 24 ώρες. Ζητήστε νέο με POST /api/v1/auth/email-confirmation/request.',
  },
})

export const constraints = {
  'email_confirmation.token_hash': sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
