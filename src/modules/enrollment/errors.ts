import type { ErrorCode, ErrorText } from '../../errors.ts'

export const enrollmentErrors = {
  ENROLLMENT_NOT_FOUND: {
    status: 404,
    en: 'Enrollment with id {id} not found.',
    el: 'Δεν βρέθηκε εγγραφή με αναγνωριστικό {id}.',
  },
  ALREADY_ENROLLED: {
    status: 409,
    en: 'The student is already enrolled in this section.',
    el: 'Ο φοιτητής είναι ήδη εγγεγραμμένος σε αυτό το τμήμα.',
  },
  TERM_CLOSED: {
    status: 400,
    en: 'The term {term_code} is closed and takes no enrollments.',
    el: 'Το εξάμηνο {term_code} έχει κλείσει και δεν δέχεται εγγραφές.',
  },
  ENROLLMENT_WINDOW_CLOSED: {
    status: 400,
    en: 'Enrollment in the term {term_code} is not open now. It opens at {opens} and closes at {closes}.',
    el: 'Οι εγγραφές του εξαμήνου {term_code} δεν είναι ανοιχτές τώρα. Ανοίγουν στις {opens} και κλείνουν στις {closes}.',
  },
  SECTION_FULL: {
    status: 400,
    en: 'Section is at full capacity ({capacity}).',
    el: 'Το τμήμα έχει συμπληρώσει τη χωρητικότητά του ({capacity}).',
  },
  STUDENT_NOT_ACTIVE: {
    status: 400,
    en: 'Only active students can be enrolled. The status of this one is {status}.',
    el: 'Μόνο ενεργοί φοιτητές εγγράφονται σε τμήματα. Η κατάσταση αυτού είναι {status}.',
  },
  PREREQUISITE_NOT_MET: {
    status: 400,
    en: 'The course needs a pass in {courses} first.',
    el: 'Για το μάθημα απαιτείται πρώτα επιτυχία στο {courses}.',
  },
  COREQUISITE_MISSING: {
    status: 400,
    en: 'The course is taken together with {courses}. Enroll in that first.',
    el: 'Το μάθημα παρακολουθείται μαζί με το {courses}. Εγγραφείτε πρώτα σε αυτό.',
  },
  SCHEDULE_CONFLICT: {
    status: 400,
    en: 'The section meets at the same time as {courses}.',
    el: 'Το τμήμα συναντιέται την ίδια ώρα με: {courses}.',
  },
  TRANSFER_OTHER_COURSE: {
    status: 400,
    en: 'A transfer is to another section of the same course and term. Drop this enrollment and enroll anew instead.',
    el: 'Η μεταφορά γίνεται σε άλλο τμήμα του ίδιου μαθήματος και εξαμήνου. Διαγράψτε αυτή την εγγραφή και κάντε νέα.',
  },
  ENROLLMENT_ENDED: {
    status: 409,
    en: 'This enrollment has already ended: its status is {status}.',
    el: 'Αυτή η εγγραφή έχει ήδη λήξει: η κατάστασή της είναι {status}.',
  },
  DROP_DEADLINE_PASSED: {
    status: 400,
    en: 'The last day to drop was {drop_deadline}. Ask the registrar for a withdrawal.',
    el: 'Η τελευταία ημέρα διαγραφής ήταν {drop_deadline}. Ζητήστε απόσυρση από τη γραμματεία.',
  },
} satisfies Record<string, ErrorText>

export const enrollmentConstraints = {
  'enrollment.section_id, enrollment.student_id': 'ALREADY_ENROLLED',
  section_seats_within_capacity: 'SECTION_FULL',
  enrollment_term_closed: 'TERM_CLOSED',
  enrollment_section_missing: 'SECTION_NOT_FOUND',
  enrollment_student_missing: 'STUDENT_NOT_FOUND',
  enrollment_ended_is_final: 'ENROLLMENT_ENDED',
  enrollment_stays_put: 'STALE_STATE',
  enrollment_status_known: 'VALIDATION_ERROR',
  enrollment_end_matches_status: 'VALIDATION_ERROR',
} satisfies Record<string, ErrorCode>
