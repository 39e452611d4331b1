import { type Constraints, errorsOf } from './errors.ts'

/** Errors that belong to no module: the shape of requests, access, concurrency, the state of the service. */
export const sharedErrors = errorsOf({
  VALIDATION_ERROR: {
    status: 422,
    en: 'The request does not have the expected form. Each problem is listed in details.errors.',
    el: 'Το αίτημα δεν έχει την αναμενόμενη μορφή. Κάθε πρόβλημα αναφέρεται στο details.errors.',
  },
  HTTP_400: {
    status: 400,
    en: 'The request body is not valid JSON. Send one JSON object.',
    el: 'Το σώμα του αιτήματος δεν είναι έγκυρο JSON. Στείλτε ένα αντικείμενο JSON.',
  },
  HTTP_401: {
    status: 401,
    en: 'Sign in first: this needs a valid access token.',
    el: 'Συνδεθείτε πρώτα: απαιτείται έγκυρο διακριτικό πρόσβασης.',
  },
  DEPLOYMENT_TOKEN_REQUIRED: {
    status: 401,
    en: 'No account opens this. Send the {secret} of this deployment as bearer token; whoever runs the deployment has it.',
    el: 'Κανένας λογαριασμός δεν δίνει πρόσβαση εδώ. Στείλτε το {secret} της εγκατάστασης ως διακριτικό bearer· το έχει όποιος τη διαχειρίζεται.',
  },
  HTTP_403: {
    status: 403,
    en: 'Your role does not allow this. {ask}',
    el: 'Ο ρόλος σας δεν το επιτρέπει. {ask}',
    plain: { en: 'Your role does not allow this.', el: 'Ο ρόλος σας δεν το επιτρέπει.' },
  },
  HTTP_404: {
    status: 404,
    en: 'There is nothing at this address. The reference at /docs lists every address.',
    el: 'Δεν υπάρχει τίποτα σε αυτή τη διεύθυνση. Όλες οι διευθύνσεις αναφέρονται στο /docs.',
  },
  HTTP_405: {
    status: 405,
    en: 'This address does not take {method}. Allowed: {allowed}.',
    el: 'Αυτή η διεύθυνση δεν δέχεται {method}. Επιτρέπονται: {allowed}.',
  },
  HTTP_413: {
    status: 413,
    en: 'The request body is larger than the {limit} bytes this address takes. Send a smaller one.',
    el: 'Το σώμα του αιτήματος υπερβαίνει τα {limit} bytes που δέχεται αυτή η διεύθυνση. Στείλτε μικρότερο.',
  },
  BODY_TOO_DEEP: {
    status: 422,
    en: 'The request body has lists or objects more than {limit} levels deep. Send it as the reference at /docs shows.',
    el: 'Το σώμα του αιτήματος έχει λίστες ή αντικείμενα σε βάθος άνω των {limit} επιπέδων. Στείλτε το όπως δείχνει το /docs.',
  },
  HTTP_415: {
    status: 415,
    en: 'Send the body as {expected}.',
    el: 'Στείλτε το σώμα ως {expected}.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    en: 'Something went wrong on our side. Look whether your change was made before you repeat it, and quote the request id if it happens again.',
    el: 'Κάτι πήγε στραβά από την πλευρά μας. Ελέγξτε αν η αλλαγή έγινε πριν την επαναλάβετε και, αν συμβεί ξανά, αναφέρετε τον αριθμό αιτήματος.',
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    en: 'The database did not answer, so it is not known whether a change was made. Look before you repeat it; with an Idempotency-Key simply repeat the request in a few seconds.',
    el: 'Η βάση δεδομένων δεν απάντησε και δεν είναι γνωστό αν η αλλαγή έγινε. Ελέγξτε πριν την επαναλάβετε· με Idempotency-Key απλώς επαναλάβετε το αίτημα σε λίγα δευτερόλεπτα.',
    retryAfter: 5,
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    en: 'The service cannot answer right now. Try again in a moment.',
    el: 'Η υπηρεσία δεν μπορεί να απαντήσει αυτή τη στιγμή. Δοκιμάστε ξανά σε λίγο.',
  },
  RATE_LIMITED: {
    status: 429,
    en: 'Too many requests. Try again in {seconds} seconds.',
    el: 'Πάρα πολλά αιτήματα. Δοκιμάστε ξανά σε {seconds} δευτερόλεπτα.',
  },
  ROW_NOT_DELETED: {
    status: 409,
    en: 'This is not deleted, so there is nothing to restore. Read it as it is.',
    el: 'Αυτό δεν έχει διαγραφεί, άρα δεν υπάρχει τι να επαναφερθεί. Διαβάστε το όπως είναι.',
  },
  STALE_STATE: {
    status: 409,
    en: 'Someone else changed this in the meantime. Read it again and repeat the change.',
    el: 'Κάποιος άλλος το άλλαξε στο μεταξύ. Διαβάστε το ξανά και επαναλάβετε την αλλαγή.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    en: 'The version in If-Match is not the current one. Read it again and repeat the change.',
    el: 'Η έκδοση στο If-Match δεν είναι η τρέχουσα. Διαβάστε το ξανά και επαναλάβετε την αλλαγή.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    en: 'Send If-Match with the ETag of the version you read.',
    el: 'Στείλτε If-Match με το ETag της έκδοσης που διαβάσατε.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    en: 'This Idempotency-Key was used for a different request. Use a new key.',
    el: 'Αυτό το Idempotency-Key χρησιμοποιήθηκε για άλλο αίτημα. Χρησιμοποιήστε νέο κλειδί.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    en: 'The request with this Idempotency-Key is still running. Repeat it in a moment.',
    el: 'Το αίτημα με αυτό το Idempotency-Key εκτελείται ακόμη. Επαναλάβετέ το σε λίγο.',
  },
  IDEMPOTENCY_ANSWER_LOST: {
    status: 409,
    en: 'The request with this Idempotency-Key was carried out, but its answer was lost. Read what it was to change.',
    el: 'Το αίτημα με αυτό το Idempotency-Key εκτελέστηκε, αλλά η απάντησή του χάθηκε. Διαβάστε αυτό που θα άλλαζε.',
  },
  AUDIT_LOG_ALTERED: {
    status: 500,
    en: 'The audit log does not match its seals. GET /api/v1/audit/verify says where.',
    el: 'Το αρχείο ελέγχου δεν συμφωνεί με τις σφραγίδες του. Το GET /api/v1/audit/verify δείχνει πού.',
  },
  AUDIT_ENTRY_NOT_FOUND: {
    status: 404,
    en: 'Audit entry with id {id} not found.',
    el: 'Δεν βρέθηκε εγγραφή ελέγχου με αναγνωριστικό {id}.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    en: 'The cookie was sent by a page that may not use it. Sign in from a page of this institution.',
    el: 'Το cookie στάλθηκε από σελίδα που δεν επιτρέπεται να το χρησιμοποιήσει. Συνδεθείτε από σελίδα του ιδρύματος.',
  },
  SECOND_FACTOR_REQUIRED: {
    status: 403,
    en: 'Your role needs a second factor, proved in this session. Set one up with POST /api/v1/auth/mfa/setup and POST /api/v1/auth/mfa/verify and refresh the session; where there is one, give its code to POST /api/v1/auth/mfa/step-up.',
    el: 'Ο ρόλος σας απαιτεί δεύτερο παράγοντα, επιβεβαιωμένο σε αυτή τη συνεδρία. Ορίστε έναν με POST /api/v1/auth/mfa/setup και POST /api/v1/auth/mfa/verify και ανανεώστε τη συνεδρία· αν υπάρχει ήδη, δώστε τον κωδικό του στο POST /api/v1/auth/mfa/step-up.',
  },
  STEP_UP_REQUIRED: {
    status: 403,
    en: 'This needs a fresh one-time code, or the password where there is no second factor. Give it to POST /api/v1/auth/mfa/step-up and use the token that it answers.',
    el: 'Απαιτείται νέος κωδικός μίας χρήσης ή, χωρίς δεύτερο παράγοντα, ο κωδικός πρόσβασης. Δώστε τον στο POST /api/v1/auth/mfa/step-up και χρησιμοποιήστε το διακριτικό που απαντά.',
  },
  MAINTENANCE: {
    status: 503,
    en: 'A backup is being restored, so nothing can be changed for a few minutes. Reading goes on; try again in a minute.',
    el: 'Γίνεται επαναφορά αντιγράφου ασφαλείας και για λίγα λεπτά δεν επιτρέπονται αλλαγές. Η ανάγνωση λειτουργεί· δοκιμάστε ξανά σε ένα λεπτό.',
    retryAfter: 60,
  },
})

export const sharedConstraints = {
  write_expected: sharedErrors.STALE_STATE,
  audit_log_append_only: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_renewal_follows: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_high_water_falls: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_high_water_single: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_chain_hash_form: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_log_changes_json: sharedErrors.INTERNAL_SERVER_ERROR,
  audit_log_success_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  daily_activity_day_form: sharedErrors.INTERNAL_SERVER_ERROR,
  'daily_activity.day, daily_activity.action': sharedErrors.INTERNAL_SERVER_ERROR,
  outbox_message_json: sharedErrors.INTERNAL_SERVER_ERROR,
  'idempotency_key.user_id, idempotency_key.key': sharedErrors.IDEMPOTENCY_IN_PROGRESS,
} satisfies Constraints
