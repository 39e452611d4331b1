import type { ErrorText, Phrase } from '#/platform/errors.ts'
import { type LegacyKind, studentStates } from '#/platform/words.ts'

type Finding = { entity: string } & Phrase & Pick<ErrorText, 'words'>

/** Of each kind: whose id a finding has, and what it says. */
export const findings: Record<LegacyKind, Finding> = {
  second_seat: {
    entity: 'enrollment',
    en: 'Student {student} has a second seat in {course}, {term}: section {section}. Drop or delete the one that should not be; one with an official result stays.',
    el: 'Ο φοιτητής {student} έχει δεύτερη εγγραφή στο {course}, {term}: τμήμα {section}. Διαγράψτε όποια δεν πρέπει να υπάρχει· όποια έχει επίσημο αποτέλεσμα παραμένει.',
  },
  leaver_seat: {
    entity: 'enrollment',
    en: 'Student {student} has an open seat in section {section} of {course}, {term}, although the status is {status}. Grade or end it.',
    el: 'Ο φοιτητής {student} έχει ανοικτή εγγραφή στο τμήμα {section} του {course}, {term}, ενώ η κατάστασή του είναι {status}. Βαθμολογήστε την ή κλείστε την.',
    words: { status: studentStates },
  },
  uncarried_work: {
    entity: 'enrollment',
    en: '{count} scores of student {student} stayed behind in a transfer to section {section} of {course}, {term}. Enter them there.',
    el: '{count} βαθμοί του φοιτητή {student} έμειναν πίσω σε μεταφορά προς το τμήμα {section} του {course}, {term}. Καταχωρίστε τους εκεί.',
  },
  twin_student: {
    entity: 'student',
    en: 'The student number {code} looks like {other}. Change one of the two.',
    el: 'Ο αριθμός μητρώου {code} μοιάζει με τον {other}. Αλλάξτε έναν από τους δύο.',
  },
  twin_program: {
    entity: 'program',
    en: 'The code of the program {code} looks like {other}. Change one of the two.',
    el: 'Ο κωδικός προγράμματος {code} μοιάζει με τον {other}. Αλλάξτε έναν από τους δύο.',
  },
  twin_course: {
    entity: 'course',
    en: 'The code of the course {code} looks like {other}. Change one of the two.',
    el: 'Ο κωδικός μαθήματος {code} μοιάζει με τον {other}. Αλλάξτε έναν από τους δύο.',
  },
  twin_term: {
    entity: 'term',
    en: 'The code of the term {code} looks like {other}. Change one of the two.',
    el: 'Ο κωδικός εξαμήνου {code} μοιάζει με τον {other}. Αλλάξτε έναν από τους δύο.',
  },
  twin_scheme: {
    entity: 'grading_scheme',
    en: 'The code of the grading scheme {code} looks like {other}. Create another with a code of its own for what is to come.',
    el: 'Ο κωδικός της κλίμακας βαθμολογίας {code} μοιάζει με τον {other}. Δημιουργήστε για το εξής άλλη, με δικό της κωδικό.',
  },
  twin_category: {
    entity: 'assessment_category',
    en: 'The name of the category {code} of section {section} of {course}, {term} reads as that of {other}. Change one of the two.',
    el: 'Το όνομα της κατηγορίας {code} του τμήματος {section} του {course}, {term} διαβάζεται όπως της {other}. Αλλάξτε ένα από τα δύο.',
  },
  result_rounding: {
    entity: 'result',
    en: 'The result of student {student} in {course}, {term} was issued as {issued} % ({letter}); by the printed figure it would be {today} % ({letter_today}). It stays, unless it is changed by POST /api/v1/results/change-request.',
    el: 'Το αποτέλεσμα του φοιτητή {student} στο {course}, {term} εκδόθηκε ως {issued} % ({letter})· από τον τυπωμένο βαθμό θα ήταν {today} % ({letter_today}). Παραμένει, εκτός αν αλλάξει με POST /api/v1/results/change-request.',
  },
  term_dates: {
    entity: 'term',
    en: 'The dates of the term {term} do not hold together. Correct them.',
    el: 'Οι ημερομηνίες του εξαμήνου {term} δεν συμφωνούν μεταξύ τους. Διορθώστε τις.',
  },
  birth_date: {
    entity: 'student',
    en: 'The birth date of student {student} is before 1900 or less than 12 years before enrollment. Check both dates.',
    el: 'Η ημερομηνία γέννησης του φοιτητή {student} είναι πριν το 1900 ή λιγότερο από 12 έτη πριν την εγγραφή. Ελέγξτε και τις δύο.',
  },
  raised_capacity: {
    entity: 'section',
    en: 'Section {section} of {course}, {term} had a capacity of {before}; files had completed more seats in it, so that it is {now}.',
    el: 'Το τμήμα {section} του {course}, {term} είχε χωρητικότητα {before}· με αρχεία είχαν ολοκληρωθεί περισσότερες εγγραφές, γι’ αυτό είναι {now}.',
  },
}
