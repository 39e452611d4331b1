import type { ErrorText } from '#/platform/errors.ts'

export const mfaErrors = {
  MFA_LOGIN_REFUSED: {
    status: 401,
    en: 'The code is wrong or was used before, or more than five minutes have passed. Sign in again.',
    el: 'Ο κωδικός είναι λάθος ή έχει ήδη χρησιμοποιηθεί, ή πέρασαν πάνω από πέντε λεπτά. Συνδεθείτε ξανά.',
  },
  MFA_CODE_WRONG: {
    status: 400,
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
  STEP_UP_REQUIRED: {
    status: 403,
    en: 'This needs a fresh one-time code, or the password where there is no second factor. Give it to POST /api/v1/auth/mfa/step-up and use the token that it answers.',
    el: 'Απαιτείται νέος κωδικός μίας χρήσης ή, χωρίς δεύτερο παράγοντα, ο κωδικός πρόσβασης. Δώστε τον στο POST /api/v1/auth/mfa/step-up και χρησιμοποιήστε το διακριτικό που απαντά.',
  },
  SECOND_FACTOR_REQUIRED: {
    status: 403,
    en: 'Your role needs a second factor. Set one up with POST /api/v1/auth/mfa/setup and /verify, then refresh the session.',
    el: 'Ο ρόλος σας απαιτεί δεύτερο παράγοντα. Ορίστε έναν με POST /api/v1/auth/mfa/setup και /verify και ανανεώστε τη συνεδρία.',
  },
} satisfies Record<string, ErrorText>
