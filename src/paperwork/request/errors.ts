import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { requestStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  REQUEST_NOT_FOUND: {
    status: 404,
    en: 'Request with id {id} not found.',
    el: 'Δεν βρέθηκε αίτηση με αναγνωριστικό {id}.',
  },
  REQUEST_STUDENT_REQUIRED: {
    status: 422,
    fields: ['student_id'],
    en: 'Your account is not that of a student. Say in student_id whom the request is for.',
    el: 'Ο λογαριασμός σας δεν ανήκει σε φοιτητή. Δηλώστε στο student_id για ποιον είναι η αίτηση.',
  },
  REQUEST_STUDENT_NOT_FOUND: {
    status: 404,
    fields: ['student_id'],
    en: 'Student with id {student_id} not found.',
    el: 'Δεν βρέθηκε φοιτητής με αναγνωριστικό {student_id}.',
  },
  REQUEST_STUDENT_FIXED: {
    status: 400,
    en: 'A request stays with its student. File a new one.',
    el: 'Η αίτηση παραμένει στον φοιτητή της. Υποβάλετε νέα.',
  },
  REQUEST_NOT_PENDING: {
    status: 409,
    en: 'Only pending requests can be changed or deleted. The status of this one is {status}. File a new one instead.',
    el: 'Μόνο εκκρεμείς αιτήσεις αλλάζουν ή διαγράφονται. Η κατάσταση αυτής είναι {status}. Υποβάλετε νέα αίτηση.',
    words: { status: requestStates },
  },
  REQUEST_TRANSITION_REFUSED: {
    status: 409,
    en: 'A request that is {status} cannot become {wanted}. Allowed next states: {allowed}.',
    el: 'Η αίτηση είναι σε κατάσταση «{status}» και δεν περνά σε κατάσταση «{wanted}». Επιτρεπόμενες επόμενες καταστάσεις: {allowed}.',
    words: { status: requestStates, wanted: requestStates, allowed: requestStates },
  },
  REQUEST_WITHOUT_DOCUMENT: {
    status: 404,
    en: 'A request of this type yields no document. Read its notes for the answer.',
    el: 'Μια αίτηση αυτού του είδους δεν παράγει έγγραφο. Η απάντηση βρίσκεται στις σημειώσεις της.',
  },
  REQUEST_DOCUMENT_NOT_READY: {
    status: 409,
    en: 'There is a document once the request is approved. Its status is {status}.',
    el: 'Το έγγραφο υπάρχει αφού εγκριθεί η αίτηση. Η κατάστασή της είναι {status}.',
    words: { status: requestStates },
  },
})

export const constraints = {
  service_request_type_known: sharedErrors.VALIDATION_ERROR,
  service_request_language_known: sharedErrors.VALIDATION_ERROR,
  service_request_status_known: sharedErrors.VALIDATION_ERROR,
  service_request_processed_when: sharedErrors.STALE_STATE,
  service_request_job_when: sharedErrors.STALE_STATE,
  'service_request.job_id': sharedErrors.STALE_STATE,
  service_request_state_edge: sharedErrors.STALE_STATE,
  service_request_student_missing: errors.REQUEST_STUDENT_NOT_FOUND,
  service_request_stays_put: errors.REQUEST_STUDENT_FIXED,
  service_request_is_history: errors.REQUEST_NOT_PENDING,
} satisfies Constraints
