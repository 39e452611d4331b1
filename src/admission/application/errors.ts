import { type Constraints, errorsOf, type Phrase } from '#/platform/errors.ts'
import { applicationStates } from '#/platform/words.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  APPLICATION_NOT_FOUND: {
    status: 404,
    en: 'Application with id {id} not found.',
    el: 'Δεν βρέθηκε αίτηση εισαγωγής με αναγνωριστικό {id}.',
  },
  APPLICATION_EXISTS: {
    status: 409,
    en: 'This account has an open application for this program and term. Continue that one, or withdraw it first.',
    el: 'Ο λογαριασμός έχει ανοικτή αίτηση για αυτό το πρόγραμμα και εξάμηνο. Συνεχίστε εκείνη ή αποσύρετέ την πρώτα.',
  },
  APPLICATION_TRANSITION_REFUSED: {
    status: 409,
    en: 'An application that is {status} cannot become {wanted}. Allowed next states: {allowed}.',
    el: 'Η αίτηση εισαγωγής είναι σε κατάσταση «{status}» και δεν περνά σε κατάσταση «{wanted}». Επιτρεπόμενες επόμενες καταστάσεις: {allowed}.',
    words: { status: applicationStates, wanted: applicationStates, allowed: applicationStates },
  },
  APPLICATION_NOT_DRAFT: {
    status: 409,
    en: 'Only drafts can be changed or deleted. The status of this application is {status}. {next}',
    el: 'Μόνο πρόχειρες αιτήσεις αλλάζουν ή διαγράφονται. Η κατάσταση αυτής είναι «{status}». {next}',
    plain: {
      en: 'Only drafts can be changed or deleted, and this application was handed in. Read it again.',
      el: 'Μόνο πρόχειρες αιτήσεις αλλάζουν ή διαγράφονται, και αυτή έχει υποβληθεί. Διαβάστε την ξανά.',
    },
    words: { status: applicationStates },
  },
  APPLICATION_ACCOUNT_REQUIRED: {
    status: 422,
    fields: ['user_id'],
    en: 'Your account is not that of an applicant. Say in user_id who applies.',
    el: 'Ο λογαριασμός σας δεν ανήκει σε υποψήφιο. Δηλώστε στο user_id ποιος κάνει την αίτηση.',
  },
  APPLICATION_ACCOUNT_NOT_FOUND: {
    status: 404,
    en: 'There is no account of an applicant with id {user_id}. Check the user_id.',
    el: 'Δεν υπάρχει λογαριασμός υποψηφίου με αναγνωριστικό {user_id}. Ελέγξτε το user_id.',
  },
  APPLICATION_ACCOUNT_FIXED: {
    status: 400,
    en: 'An application stays with the account that applied. Make a new one.',
    el: 'Η αίτηση παραμένει στον λογαριασμό που την έκανε. Κάντε νέα.',
  },
  APPLICATION_PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {program_id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {program_id}.',
  },
  APPLICATION_TERM_NOT_FOUND: {
    status: 404,
    en: 'Term with id {term_id} not found.',
    el: 'Δεν βρέθηκε εξάμηνο με αναγνωριστικό {term_id}.',
  },
  APPLICANT_IS_STUDENT: {
    status: 409,
    en: 'The account that applied already belongs to the student with id {student_id}. Go on with the record of that student.',
    el: 'Ο λογαριασμός που έκανε την αίτηση ανήκει ήδη στον φοιτητή με αναγνωριστικό {student_id}. Συνεχίστε με την καρτέλα εκείνου του φοιτητή.',
  },
})

/** What APPLICATION_NOT_DRAFT says of what can be done. */
export const handedInNotes = {
  open: {
    en: 'To change it, withdraw it and make a new one.',
    el: 'Για αλλαγές αποσύρετέ την και κάντε νέα.',
  },
  over: {
    en: 'It stays as it is: make a new one.',
    el: 'Παραμένει όπως είναι: κάντε νέα.',
  },
  matriculated: {
    en: 'It stays as it is: changes go to the record of the student.',
    el: 'Παραμένει όπως είναι: οι αλλαγές γίνονται στην καρτέλα του φοιτητή.',
  },
} satisfies Record<string, Phrase>

export const constraints = {
  'application.user_id, application.program_id, application.term_id': errors.APPLICATION_EXISTS,
  application_has_a_name: studentErrors.NAME_MISSING,
  application_account_missing: errors.APPLICATION_ACCOUNT_NOT_FOUND,
  application_program_missing: errors.APPLICATION_PROGRAM_NOT_FOUND,
  application_term_missing: errors.APPLICATION_TERM_NOT_FOUND,
  application_state_edge: sharedErrors.STALE_STATE,
  application_stays_put: errors.APPLICATION_ACCOUNT_FIXED,
  application_is_history: errors.APPLICATION_NOT_DRAFT,
  application_not_linked: sharedErrors.STALE_STATE,
  application_status_known: sharedErrors.VALIDATION_ERROR,
  application_submitted_when: sharedErrors.STALE_STATE,
  application_decided_when: sharedErrors.STALE_STATE,
  application_student_when: sharedErrors.STALE_STATE,
} satisfies Constraints
