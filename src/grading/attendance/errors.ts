import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  ATTENDANCE_NOT_FOUND: {
    status: 404,
    en: 'Attendance record with id {id} not found.',
    el: 'Δεν βρέθηκε παρουσία με αναγνωριστικό {id}.',
  },
  ATTENDANCE_EXISTS: {
    status: 409,
    en: 'There is already a record of this student for this date and period. Change it with PATCH.',
    el: 'Υπάρχει ήδη παρουσία του φοιτητή για αυτή την ημερομηνία και ώρα. Αλλάξτε την με PATCH.',
  },
  ATTENDANCE_IN_FUTURE: {
    status: 400,
    fields: ['date'],
    en: 'The date {date} is in the future. Attendance is recorded on the day or later.',
    el: 'Η ημερομηνία {date} είναι στο μέλλον. Οι παρουσίες καταχωρίζονται την ίδια μέρα ή αργότερα.',
  },
  ATTENDANCE_OUTSIDE_TERM: {
    status: 400,
    fields: ['date'],
    en: 'The date {date} is outside of the term, which runs from {start_date} to {end_date}. Choose a day of the term.',
    el: 'Η ημερομηνία {date} είναι εκτός του εξαμήνου, που διαρκεί από {start_date} έως {end_date}. Επιλέξτε ημέρα του εξαμήνου.',
    plain: {
      en: 'The date is outside of the term. Choose a day of the term.',
      el: 'Η ημερομηνία είναι εκτός του εξαμήνου. Επιλέξτε ημέρα του εξαμήνου.',
    },
  },
  ATTENDANCE_OUTSIDE_MEMBERSHIP: {
    status: 400,
    fields: ['date'],
    en: '{date} is outside {from} to {to}, when the student was in the section. Choose another day, or have these days corrected in the enrollment.',
    el: 'Η {date} είναι εκτός {from} έως {to}, όταν ο φοιτητής ανήκε στο τμήμα. Επιλέξτε άλλη ημέρα ή ζητήστε να διορθωθούν οι ημέρες στην εγγραφή του.',
    plain: {
      en: 'The student was not in the section on that day. Choose another day, or have the days corrected in the enrollment.',
      el: 'Ο φοιτητής δεν ανήκε στο τμήμα εκείνη την ημέρα. Επιλέξτε άλλη ημέρα ή ζητήστε να διορθωθούν οι ημέρες στην εγγραφή του.',
    },
  },
  ATTENDANCE_FIXED: {
    status: 400,
    en: 'An attendance record cannot move to another section or student. Delete it and create a new one.',
    el: 'Μια παρουσία δεν μεταφέρεται σε άλλο τμήμα ή φοιτητή. Διαγράψτε την και δημιουργήστε νέα.',
  },
})

export const constraints = {
  'attendance.section_id, attendance.date, attendance.period, attendance.student_id': errors.ATTENDANCE_EXISTS,
  attendance_section_missing: sectionErrors.SECTION_NOT_FOUND,
  attendance_student_not_enrolled: assessmentErrors.NOT_ENROLLED,
  attendance_outside_term: errors.ATTENDANCE_OUTSIDE_TERM,
  attendance_within_membership: errors.ATTENDANCE_OUTSIDE_MEMBERSHIP,
  attendance_stays_put: errors.ATTENDANCE_FIXED,
  attendance_date_form: sharedErrors.VALIDATION_ERROR,
  attendance_period_range: sharedErrors.VALIDATION_ERROR,
  attendance_status_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
