import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  MFA_LOGIN_REFUSED: {
    status: 401,
    en: 'The code is wrong or was used before, or more than five minutes have passed. Sign in again.',
    el: 'Ο κωδικός είναι λάθος ή έχει ήδη χρησιμοποιηθεί, ή πέρασαν πάνω από πέντε λεπτά. Συνδεθείτε ξανά.',
  },
  MFA_CODE_WRONG: {
    status: 400,
    fields: ['code'],
    en: 'The code (or the password beside it) is wrong, or the code was used before. Wait for the next one.',
    el: 'Ο κωδικός μίας χρήσης (ή ο κωδικός πρόσβασης) είναι λάθος ή έχει ήδη χρησιμοποιηθεί. Περιμένετε τον επόμενο.',
  },
  MFA_NOT_SET_UP: {
    status: 400,
    en: 'There is nothing to confirm yet. Begin with POST /api/v1/auth/mfa/setup.',
    el: 'Δεν υπάρχει κάτι να επιβεβαιωθεί. Ξεκινήστε με POST /api/v1/auth/mfa/setup.',
  },
  MFA_ALREADY_ENABLED: {
    status: 409,
    en: 'This account already has a second factor. Disable it first.',
    el: 'Ο λογαριασμός έχει ήδη δεύτερο παράγοντα. Απενεργοποιήστε τον πρώτα.',
  },
  MFA_NOT_ENABLED: {
    status: 409,
    en: 'This account has no second factor. Set one up with POST /api/v1/auth/mfa/setup.',
    el: 'Ο λογαριασμός δεν έχει δεύτερο παράγοντα. Ορίστε έναν με POST /api/v1/auth/mfa/setup.',
  },
})
