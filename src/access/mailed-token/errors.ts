import type { ErrorCode, ErrorText } from '#/platform/errors.ts'

export const mailedTokenErrors = {
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
} satisfies Record<string, ErrorText>

export const mailedTokenConstraints = {
  'password_reset.token_hash': 'INTERNAL_SERVER_ERROR',
  'invitation.token_hash': 'INTERNAL_SERVER_ERROR',
  invitation_email_folded: 'VALIDATION_ERROR',
  invitation_role_known: 'VALIDATION_ERROR',
} satisfies Record<string, ErrorCode>
