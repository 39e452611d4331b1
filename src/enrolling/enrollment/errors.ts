import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { enrollmentStates } from '#/platform/words.ts'
import { errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  TRANSFER_OTHER_COURSE: {
    status: 400,
    en: 'A transfer is to another section of the same course and term. Drop this enrollment and enroll anew instead.',
    el: 'Η μεταφορά γίνεται σε άλλο τμήμα του ίδιου μαθήματος και εξαμήνου. Διαγράψτε αυτή την εγγραφή και κάντε νέα.',
  },
  ENROLLMENT_ENDED: {
    status: 409,
    en: 'This enrollment has already ended: its status is {status}. To come back, enroll anew.',
    el: 'Αυτή η εγγραφή έχει ήδη λήξει: η κατάστασή της είναι {status}. Για επιστροφή κάντε νέα εγγραφή.',
    words: { status: enrollmentStates },
  },
  DROP_DEADLINE_PASSED: {
    status: 400,
    en: 'The last day to drop was {drop_deadline}. To leave with a W: POST /api/v1/enrollments/{id}/withdraw.',
    el: 'Η τελευταία ημέρα διαγραφής ήταν {drop_deadline}. Για αποχώρηση με W: POST /api/v1/enrollments/{id}/withdraw.',
  },
  DROP_INSTEAD: {
    status: 400,
    en: 'The seat can still be dropped, which leaves no grade (last day: {drop_deadline}): POST /api/v1/enrollments/{id}/drop.',
    el: 'Η εγγραφή μπορεί ακόμη να διαγραφεί χωρίς βαθμό (τελευταία ημέρα: {drop_deadline}): POST /api/v1/enrollments/{id}/drop.',
  },
  WITHDRAW_DEADLINE_PASSED: {
    status: 400,
    en: 'The last day to withdraw was {withdraw_deadline}. The registrar may still do it and says why in `reason`.',
    el: 'Η τελευταία ημέρα αποχώρησης ήταν {withdraw_deadline}. Η γραμματεία μπορεί ακόμη να την καταχωρίσει, με αιτιολογία στο `reason`.',
  },
  ENROLLMENT_GRADED: {
    status: 409,
    en: 'The result of this enrollment is official, so the enrollment stays as it is. Ask for a change of the result instead.',
    el: 'Το αποτέλεσμα αυτής της εγγραφής είναι επίσημο, άρα η εγγραφή μένει όπως είναι. Ζητήστε αλλαγή του αποτελέσματος.',
  },
})

export const constraints = {
  enrollment_ended_is_final: errors.ENROLLMENT_ENDED,
  enrollment_graded_stays: errors.ENROLLMENT_GRADED,
  enrollment_stays_put: sharedErrors.STALE_STATE,
  enrollment_status_known: sharedErrors.VALIDATION_ERROR,
  enrollment_end_matches_status: sharedErrors.VALIDATION_ERROR,
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
  sectionErrors.SECTION_NOT_FOUND,
  studentErrors.STUDENT_NOT_FOUND,
  seatErrors.SECTION_FULL,
  seatErrors.ALREADY_ENROLLED,
  seatErrors.TERM_CLOSED,
  ...changeCodes,
] as const
