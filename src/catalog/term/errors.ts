import { type Constraints, errorsOf, type Phrase } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  TERM_NOT_FOUND: {
    status: 404,
    en: 'Term with id {id} not found.',
    el: 'Δεν βρέθηκε εξάμηνο με αναγνωριστικό {id}.',
  },
  TERM_CODE_TAKEN: {
    status: 409,
    en: 'There is already a term whose code is, or looks like, {code}. Choose another.',
    el: 'Υπάρχει ήδη εξάμηνο με κωδικό ίδιο ή όμοιο στην όψη με τον {code}. Επιλέξτε άλλον.',
  },
  TERM_IN_USE: {
    status: 409,
    en: 'The term {code} has sections and cannot be deleted. Delete those that nobody was in; a term with others stays: close it with POST /api/v1/terms/{id}/close.',
    el: 'Το εξάμηνο {code} έχει τμήματα και δεν διαγράφεται. Διαγράψτε όσα δεν είχαν φοιτητές· εξάμηνο με άλλα τμήματα παραμένει: κλείστε το με POST /api/v1/terms/{id}/close.',
  },
  TERM_DATES_INVALID: {
    status: 422,
    fields: ['start_date', 'end_date'],
    en: 'The dates of the term do not hold together. Correct each date that details.errors names.',
    el: 'Οι ημερομηνίες του εξαμήνου δεν συμφωνούν μεταξύ τους. Διορθώστε όσες αναφέρει το details.errors.',
  },
  TERM_DAYS_OUTSIDE: {
    status: 409,
    en: 'Days that are in use would be outside of the term: {days}. Keep them inside, or correct the attendance and the days of the seats first.',
    el: 'Ημέρες που έχουν ήδη καταχωριστεί θα έμεναν εκτός του εξαμήνου: {days}. Κρατήστε τις μέσα ή διορθώστε πρώτα τις παρουσίες και τις ημέρες των εγγραφών.',
    plain: {
      en: 'Days that are in use would be outside of the term. Keep them inside, or correct the attendance and the days of the seats first.',
      el: 'Ημέρες που έχουν ήδη καταχωριστεί θα έμεναν εκτός του εξαμήνου. Κρατήστε τις μέσα ή διορθώστε πρώτα τις παρουσίες και τις ημέρες των εγγραφών.',
    },
  },
  TERM_APPLIED_FOR: {
    status: 409,
    en: 'There are open applications for the term {code}. Decide them before you delete it.',
    el: 'Υπάρχουν ανοικτές αιτήσεις εισαγωγής για το εξάμηνο {code}. Κρίνετέ τις πριν το διαγράψετε.',
  },
})

/** What TERM_DAYS_OUTSIDE says of each kind of day. */
export const dayNotes = {
  attendance: {
    en: 'records of attendance: {count}, from {first} to {last}',
    el: 'παρουσίες: {count}, από {first} έως {last}',
  },
  seat: {
    en: 'first and last days of seats: {count}, from {first} to {last}',
    el: 'πρώτες και τελευταίες ημέρες εγγραφών: {count}, από {first} έως {last}',
  },
} satisfies Record<string, Phrase>

export const constraints = {
  'term.code': errors.TERM_CODE_TAKEN,
  'term.code_key': errors.TERM_CODE_TAKEN,
  term_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  term_applied_for: errors.TERM_APPLIED_FOR,
  term_in_use: errors.TERM_IN_USE,
  term_days_outside: errors.TERM_DAYS_OUTSIDE,
  term_dates_ordered: errors.TERM_DATES_INVALID,
  term_enrollment_window_ordered: errors.TERM_DATES_INVALID,
  term_deadlines_ordered: errors.TERM_DATES_INVALID,
  term_too_long: errors.TERM_DATES_INVALID,
  term_opens_after_end: errors.TERM_DATES_INVALID,
  term_closes_after_end: errors.TERM_DATES_INVALID,
  term_drop_deadline_outside: errors.TERM_DATES_INVALID,
  term_withdraw_deadline_outside: errors.TERM_DATES_INVALID,
  term_status_known: sharedErrors.VALIDATION_ERROR,
  term_turnstile_pace_range: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
