import { type Constraints, errorsOf, type Phrase } from '#/platform/errors.ts'
import { enrollmentStates } from '#/platform/words.ts'
import { errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  TRANSFER_OTHER_COURSE: {
    status: 400,
    fields: ['section_id'],
    en: 'A transfer is to another section of the same course and term. Drop this enrollment and enroll anew instead.',
    el: 'Η μεταφορά γίνεται σε άλλο τμήμα του ίδιου μαθήματος και εξαμήνου. Διαγράψτε αυτή την εγγραφή και κάντε νέα.',
  },
  ENROLLMENT_ENDED: {
    status: 409,
    en: 'This enrollment has already ended: its status is {status}. {next}',
    el: 'Αυτή η εγγραφή έχει ήδη λήξει: η κατάστασή της είναι {status}. {next}',
    plain: {
      en: 'This enrollment has already ended. Read it again.',
      el: 'Αυτή η εγγραφή έχει ήδη λήξει. Διαβάστε την ξανά.',
    },
    words: { status: enrollmentStates },
  },
  ENROLLMENT_GRADED: {
    status: 409,
    en: 'This seat has an official result and stays. Corrections go by /api/v1/results/change-request.',
    el: 'Η εγγραφή έχει επίσημο αποτέλεσμα και παραμένει. Διόρθωση μόνο με /api/v1/results/change-request.',
  },
  MEMBERSHIP_OUTSIDE_TERM: {
    status: 422,
    en: 'The days in a section lie within its term, from {start} to {end}. Correct the day.',
    el: 'Οι ημέρες στο τμήμα είναι μέσα στο εξάμηνό του, από {start} έως {end}. Διορθώστε την ημέρα.',
  },
  MEMBERSHIP_ENDS_BEFORE_START: {
    status: 400,
    fields: ['member_until', 'member_from'],
    en: 'The last day in the section, {member_until}, is before the first, {member_from}. Give other days.',
    el: 'Η τελευταία ημέρα στο τμήμα, {member_until}, είναι πριν από την πρώτη, {member_from}. Δώστε άλλες ημέρες.',
  },
})

/** What ENROLLMENT_ENDED says of what can be done. A completed seat is still the student's: no other seat of the course is to be had. */
export const endNotes = {
  left: { en: 'To come back, enroll anew.', el: 'Για επιστροφή κάντε νέα εγγραφή.' },
  transferred: {
    en: 'The student sits in another section of the course: act on that enrollment.',
    el: 'Ο φοιτητής παρακολουθεί άλλο τμήμα του μαθήματος: ενεργήστε σε εκείνη την εγγραφή.',
  },
  completed: { en: 'There is nothing left to do.', el: 'Δεν χρειάζεται άλλη ενέργεια.' },
} satisfies Record<string, Phrase>

export const constraints = {
  enrollment_ended_is_final: errors.ENROLLMENT_ENDED,
  enrollment_graded_stays: errors.ENROLLMENT_GRADED,
  enrollment_stays_put: sharedErrors.STALE_STATE,
  enrollment_membership_ordered: errors.MEMBERSHIP_ENDS_BEFORE_START,
  enrollment_status_known: sharedErrors.VALIDATION_ERROR,
  enrollment_end_matches_status: sharedErrors.VALIDATION_ERROR,
  enrollment_end_reason_known: sharedErrors.INTERNAL_SERVER_ERROR,
  enrollment_end_reason_fits: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints

/** What may refuse a change of an enrollment, and its end. */
export const changeCodes = [
  seatErrors.ENROLLMENT_NOT_FOUND,
  sharedErrors.STALE_STATE,
  sharedErrors.PRECONDITION_FAILED,
] as const
export const endingCodes = [...changeCodes, errors.ENROLLMENT_ENDED, errors.ENROLLMENT_GRADED] as const

/** What may refuse many seats as a whole. */
export const bulkCodes = [
  sectionErrors.SECTION_NOT_FOUND,
  studentErrors.STUDENT_NOT_FOUND,
  sharedErrors.STALE_STATE,
] as const

/** What may refuse to bring an enrollment back. */
export const restoreCodes = [
  sharedErrors.ROW_NOT_DELETED,
  sectionErrors.SECTION_NOT_FOUND,
  studentErrors.STUDENT_NOT_FOUND,
  seatErrors.SECTION_FULL,
  seatErrors.ALREADY_ENROLLED,
  seatErrors.COURSE_ALREADY_TAKEN,
  seatErrors.RESULT_ALREADY_OFFICIAL,
  seatErrors.TERM_CLOSED,
  ...changeCodes,
] as const
