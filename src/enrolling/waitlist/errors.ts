import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  WAITLIST_ENTRY_NOT_FOUND: {
    status: 404,
    en: 'Waitlist entry with id {id} not found.',
    el: 'Δεν βρέθηκε θέση αναμονής με αναγνωριστικό {id}.',
  },
  ALREADY_WAITING: {
    status: 409,
    en: 'The student is already on the waitlist of this section. There is nothing left to do.',
    el: 'Ο φοιτητής είναι ήδη στη λίστα αναμονής αυτού του τμήματος. Δεν χρειάζεται άλλη ενέργεια.',
  },
  WAITLIST_NOT_NEEDED: {
    status: 400,
    en: 'The section has free seats. Enroll instead: POST /api/v1/sections/{id}/enroll.',
    el: 'Το τμήμα έχει ελεύθερες θέσεις. Κάντε εγγραφή: POST /api/v1/sections/{id}/enroll.',
  },
  WAITLIST_CLOSED: {
    status: 400,
    en: 'The section has no waitlist. Choose another section.',
    el: 'Το τμήμα δεν έχει λίστα αναμονής. Επιλέξτε άλλο τμήμα.',
  },
  WAITLIST_FULL: {
    status: 400,
    en: 'The waitlist of the section is full ({waitlist_capacity}). Choose another section.',
    el: 'Η λίστα αναμονής του τμήματος είναι πλήρης ({waitlist_capacity}). Επιλέξτε άλλο τμήμα.',
    plain: {
      en: 'The waitlist of the section is full. Choose another section.',
      el: 'Η λίστα αναμονής του τμήματος είναι πλήρης. Επιλέξτε άλλο τμήμα.',
    },
  },
})

export const constraints = {
  'waitlist_entry.section_id, waitlist_entry.student_id': errors.ALREADY_WAITING,
  waitlist_while_enrolled: seatErrors.ALREADY_ENROLLED,
  // Decided anew, which names the section: COURSE_ALREADY_TAKEN.
  waitlist_beside_seat: sharedErrors.STALE_STATE,
  waitlist_swap_flag: sharedErrors.VALIDATION_ERROR,
  waitlist_end_reason_known: sharedErrors.VALIDATION_ERROR,
  waitlist_not_needed: errors.WAITLIST_NOT_NEEDED,
  waitlist_limit: errors.WAITLIST_FULL,
  waitlist_stays_put: sharedErrors.STALE_STATE,
  waitlist_ended_is_final: sharedErrors.STALE_STATE,
  waitlist_skip_has_reason: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
