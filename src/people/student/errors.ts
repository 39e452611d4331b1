import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  STUDENT_NOT_FOUND: {
    status: 404,
    fields: ['student_id'],
    en: 'Student with id {id} not found.',
    el: 'Δεν βρέθηκε φοιτητής με αναγνωριστικό {id}.',
    inFile: {
      en: 'There is no student {student_number} any more. Restore the record first, or leave the line out.',
      el: 'Δεν υπάρχει πια φοιτητής {student_number}. Επαναφέρετε πρώτα την καρτέλα ή παραλείψτε τη γραμμή.',
    },
  },
  STUDENT_NUMBER_TAKEN: {
    status: 409,
    en: 'There is already a student whose number is, or looks like, {student_number}. Check it, or choose another.',
    el: 'Υπάρχει ήδη φοιτητής με αριθμό μητρώου ίδιο ή όμοιο στην όψη με τον {student_number}. Ελέγξτε τον ή επιλέξτε άλλον.',
  },
  STUDENT_EMAIL_TAKEN: {
    status: 409,
    en: 'There is already a student with the e-mail {email}. Check it, or give another.',
    el: 'Υπάρχει ήδη φοιτητής με το e-mail {email}. Ελέγξτε το ή δώστε άλλο.',
  },
  STUDENT_ARCHIVED: {
    status: 409,
    en: 'A deleted student has this number or e-mail. Bring the record back with POST /api/v1/students/{id}/restore.',
    el: 'Διαγραμμένος φοιτητής έχει αυτόν τον αριθμό ή το e-mail. Επαναφέρετέ τον με POST /api/v1/students/{id}/restore.',
  },
  STUDENT_ENROLLED: {
    status: 409,
    en: 'The student {student_number} has seats in sections and cannot be deleted. Drop the enrollments first, or withdraw from them; a completed one is deleted.',
    el: 'Ο φοιτητής {student_number} έχει εγγραφές σε τμήματα και δεν διαγράφεται. Διαγράψτε πρώτα τις εγγραφές ή καταχωρίστε αποχώρηση· όσες έχουν ολοκληρωθεί διαγράφονται.',
  },
  STUDENT_HAS_RESULTS: {
    status: 409,
    en: 'A student with official results is never deleted. Set the status to withdrawn or graduated.',
    el: 'Φοιτητής με επίσημα αποτελέσματα δεν διαγράφεται. Αλλάξτε την κατάστασή του.',
  },
  STUDENT_HAS_OPEN_SEATS: {
    status: 409,
    en: 'Open seats: {count}, listed in details. Grade or end them first.',
    el: 'Ανοικτές εγγραφές: {count}, στα details. Βαθμολογήστε ή κλείστε τις πρώτα.',
  },
  STUDENT_NUMBERS_USED_UP: {
    status: 409,
    en: 'All student numbers of the year {year} have been given. Ask an administrator.',
    el: 'Όλοι οι αριθμοί μητρώου του έτους {year} έχουν δοθεί. Απευθυνθείτε σε διαχειριστή.',
  },
  STUDENT_PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {program_id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {program_id}.',
    inFile: {
      en: 'There is no program {program_code} any more. Check the code, or restore it first.',
      el: 'Δεν υπάρχει πια πρόγραμμα {program_code}. Ελέγξτε τον κωδικό ή επαναφέρετέ το πρώτα.',
    },
  },
  ENROLLMENT_DATE_IN_FUTURE: {
    status: 422,
    fields: ['enrollment_date'],
    en: 'The enrollment date {enrollment_date} is in the future. Give today or an earlier day.',
    el: 'Η ημερομηνία εγγραφής {enrollment_date} είναι στο μέλλον. Δώστε τη σημερινή ή προγενέστερη ημέρα.',
  },
  NAME_MISSING: {
    status: 422,
    fields: ['last_name', 'first_name'],
    en: 'A first or a last name is needed. Give at least one of the two.',
    el: 'Απαιτείται όνομα ή επώνυμο. Δώστε τουλάχιστον ένα από τα δύο.',
  },
  BIRTH_DATE_UNLIKELY: {
    status: 422,
    fields: ['date_of_birth', 'enrollment_date'],
    en: 'A birth date lies between 1900 and 12 years before enrollment. Check both dates.',
    el: 'Η ημερομηνία γέννησης είναι από το 1900 έως 12 έτη πριν την εγγραφή. Ελέγξτε και τις δύο ημερομηνίες.',
  },
  PROGRAM_ARCHIVED: {
    status: 400,
    en: 'The program with id {program_id} is archived and takes no new students. Choose another, or unarchive it first.',
    el: 'Το πρόγραμμα σπουδών με αναγνωριστικό {program_id} είναι αρχειοθετημένο και δεν δέχεται νέους φοιτητές. Επιλέξτε άλλο ή βγάλτε το πρώτα από το αρχείο.',
    inFile: {
      en: 'The program {program_code} is archived and takes no new students. Choose another, or unarchive it first.',
      el: 'Το πρόγραμμα {program_code} είναι αρχειοθετημένο και δεν δέχεται νέους φοιτητές. Επιλέξτε άλλο ή επαναφέρετέ το πρώτα.',
    },
  },
})

export const constraints = {
  'student.student_number': errors.STUDENT_NUMBER_TAKEN,
  'student.number_key': errors.STUDENT_NUMBER_TAKEN,
  'student.email': errors.STUDENT_EMAIL_TAKEN,
  student_number_series_range: errors.STUDENT_NUMBERS_USED_UP,
  student_program_missing: errors.STUDENT_PROGRAM_NOT_FOUND,
  // Decided anew, which lists the seats: STUDENT_HAS_OPEN_SEATS.
  student_has_open_seats: sharedErrors.STALE_STATE,
  student_is_enrolled: errors.STUDENT_ENROLLED,
  student_has_results: errors.STUDENT_HAS_RESULTS,
  student_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  student_has_a_name: errors.NAME_MISSING,
  student_birth_possible: errors.BIRTH_DATE_UNLIKELY,
  student_email_folded: sharedErrors.VALIDATION_ERROR,
  student_study_year_range: sharedErrors.VALIDATION_ERROR,
  student_status_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
