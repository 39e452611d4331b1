import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  INVALID_CREDENTIALS: {
    status: 401,
    en: 'E-mail or password is wrong. Try again, or ask for a new password.',
    el: 'Το e-mail ή ο κωδικός είναι λάθος. Δοκιμάστε ξανά ή ζητήστε νέο κωδικό.',
  },
  INVALID_REFRESH_TOKEN: {
    status: 401,
    en: 'This refresh token is not valid any more. Sign in again.',
    el: 'Αυτό το διακριτικό ανανέωσης δεν ισχύει πλέον. Συνδεθείτε ξανά.',
  },
  REFRESH_OVERTAKEN: {
    status: 409,
    en: 'Another request renewed this session a moment ago. Go on with the tokens it got; where they are in the cookie, try again in a second.',
    el: 'Άλλο αίτημα ανανέωσε τη συνεδρία πριν από λίγο. Συνεχίστε με τα διακριτικά που έλαβε· αν είναι στο cookie, δοκιμάστε ξανά σε ένα δευτερόλεπτο.',
  },
  MFA_REQUIRED: {
    status: 401,
    en: 'This account has a second factor. Sign in with POST /api/v1/auth/login and a one-time code.',
    el: 'Ο λογαριασμός έχει δεύτερο παράγοντα. Συνδεθείτε με POST /api/v1/auth/login και κωδικό μίας χρήσης.',
  },
  ACCOUNT_LOCKED: {
    status: 429,
    en: 'Too many failed sign-ins. Try again in {seconds} seconds, or ask an administrator to unlock the account.',
    el: 'Πάρα πολλές αποτυχημένες συνδέσεις. Δοκιμάστε ξανά σε {seconds} δευτερόλεπτα ή ζητήστε ξεκλείδωμα από διαχειριστή.',
  },
  PASSWORD_WRONG: {
    status: 400,
    fields: ['current_password', 'password'],
    en: 'The current password is wrong. Try again.',
    el: 'Ο τρέχων κωδικός πρόσβασης είναι λάθος. Δοκιμάστε ξανά.',
  },
  LAST_ADMIN: {
    status: 409,
    en: 'This is the last active administrator. Make somebody else one first.',
    el: 'Είναι ο τελευταίος ενεργός διαχειριστής. Ορίστε πρώτα κάποιον άλλο.',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    en: 'There is no such session, or it has ended.',
    el: 'Δεν υπάρχει τέτοια συνεδρία ή έχει λήξει.',
  },
  EMAIL_TAKEN: {
    status: 409,
    fields: ['email'],
    en: 'There is already an account with the e-mail {email}.',
    el: 'Υπάρχει ήδη λογαριασμός με το e-mail {email}.',
  },
  EMAIL_UNPROVED: {
    status: 409,
    en: 'Nobody has confirmed the e-mail of this account yet. Its holder uses the token from the mail, or has a new one sent with POST /api/v1/auth/email-confirmation/request. Then repeat this.',
    el: 'Το e-mail του λογαριασμού δεν έχει επιβεβαιωθεί ακόμη. Ο κάτοχος χρησιμοποιεί το διακριτικό από το μήνυμα ή ζητά νέο με POST /api/v1/auth/email-confirmation/request. Έπειτα επαναλάβετε την ενέργεια.',
  },
  STUDENT_HAS_ACCOUNT: {
    status: 409,
    en: 'This student already has an account.',
    el: 'Ο φοιτητής έχει ήδη λογαριασμό.',
  },
  ACCOUNT_STUDENT_NOT_FOUND: {
    status: 404,
    en: 'Student with id {student_id} not found.',
    el: 'Δεν βρέθηκε φοιτητής με αναγνωριστικό {student_id}.',
  },
  USER_NOT_FOUND: {
    status: 404,
    en: 'User with id {id} not found.',
    el: 'Δεν βρέθηκε χρήστης με αναγνωριστικό {id}.',
  },
})

export const constraints = {
  'user.email': errors.EMAIL_TAKEN,
  'user.student_id': errors.STUDENT_HAS_ACCOUNT,
  user_email_unproved: errors.EMAIL_UNPROVED,
  user_student_missing: errors.ACCOUNT_STUDENT_NOT_FOUND,
  user_last_admin: errors.LAST_ADMIN,
  user_email_folded: sharedErrors.VALIDATION_ERROR,
  user_role_known: sharedErrors.VALIDATION_ERROR,
  user_tier_known: sharedErrors.VALIDATION_ERROR,
  user_language_known: sharedErrors.VALIDATION_ERROR,
  user_is_active_flag: sharedErrors.VALIDATION_ERROR,
  user_student_role: sharedErrors.VALIDATION_ERROR,
  session_by_code_flag: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
