import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { transcriptJobStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  TRANSCRIPT_JOB_NOT_FOUND: {
    status: 404,
    en: 'Transcript job with id {id} not found.',
    el: 'Δεν βρέθηκε εργασία αναλυτικής βαθμολογίας με αναγνωριστικό {id}.',
  },
  TRANSCRIPT_NOT_READY: {
    status: 409,
    en: 'The transcript is not ready: its status is {status}. Ask again in a moment.',
    el: 'Η αναλυτική βαθμολογία δεν είναι έτοιμη: η κατάστασή της είναι {status}. Ρωτήστε ξανά σε λίγο.',
    words: { status: transcriptJobStates },
  },
  TRANSCRIPT_FILE_EXPIRED: {
    status: 404,
    en: 'The file was deleted after its retention period. Ask for a new transcript.',
    el: 'Το αρχείο διαγράφηκε μετά τον χρόνο διατήρησής του. Ζητήστε νέα αναλυτική βαθμολογία.',
  },
  TRANSCRIPT_REVOKED: {
    status: 410,
    en: 'The institution has withdrawn this transcript. Ask for a new one.',
    el: 'Το ίδρυμα έχει αποσύρει αυτή την αναλυτική βαθμολογία. Ζητήστε νέα.',
  },
  TRANSCRIPT_BATCH_TOO_LARGE: {
    status: 400,
    en: 'One batch takes at most {limit} students, and these are more. Name them in student_ids, in several batches.',
    el: 'Μια παρτίδα δέχεται έως {limit} φοιτητές, και αυτοί είναι περισσότεροι. Δηλώστε τους στο student_ids, σε περισσότερες παρτίδες.',
  },
})

export const constraints = {
  transcript_job_drafts_json: sharedErrors.INTERNAL_SERVER_ERROR,
  transcript_job_language_known: sharedErrors.VALIDATION_ERROR,
  transcript_job_status_known: sharedErrors.VALIDATION_ERROR,
  transcript_job_ready_has_issue: sharedErrors.STALE_STATE,
} satisfies Constraints
