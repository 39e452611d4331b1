import { type Constraints, errorsOf, type Phrase } from '#/platform/errors.ts'
import { studentStates } from '#/platform/words.ts'
import { errors as holdErrors } from '#/enrolling/hold/errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  ENROLLMENT_NOT_FOUND: {
    status: 404,
    en: 'Enrollment with id {id} not found.',
    el: 'Δεν βρέθηκε εγγραφή με αναγνωριστικό {id}.',
  },
  ALREADY_ENROLLED: {
    status: 409,
    en: 'The student is already enrolled in this section. There is nothing left to do.',
    el: 'Ο φοιτητής είναι ήδη εγγεγραμμένος σε αυτό το τμήμα. Δεν χρειάζεται άλλη ενέργεια.',
  },
  COURSE_ALREADY_TAKEN: {
    status: 400,
    en: 'The student already sits in {section} of {course} in this term. {next} {wait}',
    el: 'Ο φοιτητής παρακολουθεί ήδη το {course} αυτό το εξάμηνο ({section}). {next} {wait}',
  },
  RESULT_ALREADY_OFFICIAL: {
    status: 400,
    en: 'The student has an official result of this section already, and there is one for each section. Enroll in another section of {course}; a grade is corrected by POST /api/v1/results/change-request.',
    el: 'Ο φοιτητής έχει ήδη επίσημο αποτέλεσμα σε αυτό το τμήμα, και υπάρχει ένα για κάθε τμήμα. Εγγραφή γίνεται σε άλλο τμήμα του {course}· ένας βαθμός διορθώνεται με POST /api/v1/results/change-request.',
  },
  TERM_CLOSED: {
    status: 400,
    en: 'The term {term_code} is closed and takes no enrollments. Choose a section of an open term.',
    el: 'Το εξάμηνο {term_code} έχει κλείσει και δεν δέχεται εγγραφές. Επιλέξτε τμήμα ανοιχτού εξαμήνου.',
    plain: {
      en: 'The term is closed and takes no enrollments. Choose a section of an open term.',
      el: 'Το εξάμηνο έχει κλείσει και δεν δέχεται εγγραφές. Επιλέξτε τμήμα ανοιχτού εξαμήνου.',
    },
  },
  ENROLLMENT_WINDOW_CLOSED: {
    status: 400,
    en: 'Enrollment in the term {term_code} is not open now. {window} At other times the registrar can grant an override.',
    el: 'Οι εγγραφές του εξαμήνου {term_code} δεν είναι ανοιχτές τώρα. {window} Εκτός αυτού του διαστήματος η γραμματεία μπορεί να δώσει παρέκκλιση.',
    plain: {
      en: 'Enrollment in the term is not open now. At other times the registrar can grant an override.',
      el: 'Οι εγγραφές του εξαμήνου δεν είναι ανοιχτές τώρα. Εκτός του διαστήματός τους η γραμματεία μπορεί να δώσει παρέκκλιση.',
    },
  },
  SECTION_FULL: {
    status: 400,
    en: 'Section is at full capacity ({capacity}). {waitlist}',
    el: 'Το τμήμα έχει συμπληρώσει τη χωρητικότητά του ({capacity}). {waitlist}',
    plain: {
      en: 'Section is at full capacity. Choose another section, or wait for a seat where there is a waitlist.',
      el: 'Το τμήμα έχει συμπληρώσει τη χωρητικότητά του. Επιλέξτε άλλο τμήμα ή περιμένετε θέση, αν υπάρχει λίστα αναμονής.',
    },
  },
  STUDENT_NOT_ACTIVE: {
    status: 400,
    en: 'Only active students can be enrolled. The status of this one is {status}. The registrar can change it, or grant an override.',
    el: 'Μόνο ενεργοί φοιτητές εγγράφονται σε τμήματα. Η κατάσταση αυτού είναι {status}. Η γραμματεία μπορεί να την αλλάξει ή να δώσει παρέκκλιση.',
    words: { status: studentStates },
  },
  PREREQUISITE_NOT_MET: {
    status: 400,
    en: 'The course needs a pass in {courses} first. That has to be taken before, or the registrar grants an override.',
    el: 'Για το μάθημα απαιτείται πρώτα επιτυχία στο {courses}. Πρέπει να προηγηθεί εκείνο ή να δοθεί παρέκκλιση από τη γραμματεία.',
  },
  COREQUISITE_MISSING: {
    status: 400,
    en: 'The course is taken together with {courses}. Enroll in that first, or in both at once: POST /api/v1/enrollments/bulk.',
    el: 'Το μάθημα παρακολουθείται μαζί με το {courses}. Εγγραφείτε πρώτα σε αυτό ή και στα δύο μαζί: POST /api/v1/enrollments/bulk.',
  },
  SCHEDULE_CONFLICT: {
    status: 400,
    en: 'The section meets at the same time as {courses}. Choose another section, or leave that one first.',
    el: 'Οι ώρες του τμήματος συμπίπτουν με: {courses}. Επιλέξτε άλλο τμήμα ή διαγραφείτε πρώτα από εκείνο.',
  },
  CREDIT_LIMIT: {
    status: 400,
    en: 'With this course the credits of the term would be {credits}. The limit of the program is {limit}. Another course has to be dropped first, or the registrar grants an override.',
    el: 'Με αυτό το μάθημα οι μονάδες του εξαμήνου θα ήταν {credits}. Το όριο του προγράμματος είναι {limit}. Πρέπει πρώτα να διαγραφεί άλλο μάθημα ή να δοθεί παρέκκλιση από τη γραμματεία.',
  },
})

/** What SECTION_FULL and COURSE_ALREADY_TAKEN say of the waitlist. */
export const waitlistNotes = {
  none: { en: 'There is no waitlist.', el: 'Δεν υπάρχει λίστα αναμονής.' },
  full: { en: 'The waitlist is full.', el: 'Η λίστα αναμονής είναι πλήρης.' },
  waiting: {
    en: 'The student waits for a seat there already.',
    el: 'Ο φοιτητής περιμένει ήδη θέση εκεί.',
  },
  inFile: { en: 'Raise its capacity, or leave the line out.', el: 'Αυξήστε την ή παραλείψτε τη γραμμή.' },
  swap: (sectionId: number) => ({
    en: `To wait for a seat in its place: POST /api/v1/sections/${sectionId}/waitlist with swap: true.`,
    el: `Για αναμονή άλλης θέσης αντί γι’ αυτήν: POST /api/v1/sections/${sectionId}/waitlist με swap: true.`,
  }),
  open: (position: number) => ({
    en: `The waitlist is open: the next position is ${position}.`,
    el: `Η λίστα αναμονής είναι ανοιχτή: η επόμενη θέση είναι η ${position}.`,
  }),
} satisfies Record<string, Phrase | ((number: number) => Phrase)>

/** What ENROLLMENT_WINDOW_CLOSED says of the window, of which one end may not be set. */
export const windowNotes = {
  both: { en: 'It opens on {opens} and closes on {closes}.', el: 'Ανοίγουν στις {opens} και κλείνουν στις {closes}.' },
  opens: { en: 'It opens on {opens}.', el: 'Ανοίγουν στις {opens}.' },
  closes: { en: 'It closed on {closes}.', el: 'Έκλεισαν στις {closes}.' },
} satisfies Record<string, Phrase>

/** What COURSE_ALREADY_TAKEN says of what can be done. */
export const takenNotes = {
  transfer: (enrollmentId: number) => ({
    en: `To change the section: POST /api/v1/enrollments/${enrollmentId}/transfer.`,
    el: `Για αλλαγή τμήματος: POST /api/v1/enrollments/${enrollmentId}/transfer.`,
  }),
  official: {
    en: 'Its result there is official, so the seat stays. Corrections go by POST /api/v1/results/change-request.',
    el: 'Το αποτέλεσμα εκεί είναι επίσημο, οπότε η θέση παραμένει. Διόρθωση μόνο με POST /api/v1/results/change-request.',
  },
  completed: {
    en: 'That seat is completed, so it stays: the course is taken again in another term. If the seat should never have been, the registrar deletes that enrollment.',
    el: 'Η θέση εκείνη είναι ολοκληρωμένη, οπότε παραμένει: το μάθημα επαναλαμβάνεται σε άλλο εξάμηνο. Αν δεν έπρεπε να υπάρχει, η γραμματεία διαγράφει εκείνη την εγγραφή.',
  },
  several: {
    en: 'All but one of these seats have to be ended first.',
    el: 'Πρέπει πρώτα να λήξουν όλες αυτές οι θέσεις εκτός από μία.',
  },
  together: {
    en: 'Name one section of the course only.',
    el: 'Δηλώστε ένα μόνο τμήμα του μαθήματος.',
  },
  inFile: {
    en: 'That seat has to be ended in the same file, or transferred.',
    el: 'Η θέση εκείνη πρέπει να λήξει στο ίδιο αρχείο ή να μεταφερθεί.',
  },
} satisfies Record<string, Phrase | ((id: number) => Phrase)>

export const constraints = {
  'enrollment.section_id, enrollment.student_id': errors.ALREADY_ENROLLED,
  // Decided anew, which names the section: COURSE_ALREADY_TAKEN.
  'enrollment.student_id, enrollment.course_id, enrollment.term_id': sharedErrors.STALE_STATE,
  // Decided anew, which names the course: RESULT_ALREADY_OFFICIAL.
  enrollment_result_official: sharedErrors.STALE_STATE,
  enrollment_legacy_flag: sharedErrors.VALIDATION_ERROR,
  section_seats_within_capacity: errors.SECTION_FULL,
  enrollment_term_closed: errors.TERM_CLOSED,
  enrollment_section_missing: sectionErrors.SECTION_NOT_FOUND,
  enrollment_student_missing: studentErrors.STUDENT_NOT_FOUND,
} satisfies Constraints

/** What may refuse a seat. */
export const enrollmentRefusalCodes = [
  sectionErrors.SECTION_NOT_FOUND,
  studentErrors.STUDENT_NOT_FOUND,
  errors.ALREADY_ENROLLED,
  errors.COURSE_ALREADY_TAKEN,
  errors.RESULT_ALREADY_OFFICIAL,
  errors.TERM_CLOSED,
  errors.ENROLLMENT_WINDOW_CLOSED,
  errors.SECTION_FULL,
  holdErrors.HOLD,
  errors.PREREQUISITE_NOT_MET,
  errors.COREQUISITE_MISSING,
  errors.SCHEDULE_CONFLICT,
  errors.CREDIT_LIMIT,
  errors.STUDENT_NOT_ACTIVE,
  sharedErrors.STALE_STATE,
] as const
