import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  TRANSCRIPT_RECORD_NOT_KEPT: {
    status: 404,
    en: 'What this transcript certified was not kept when it was issued. Have its PDF file checked, or ask the holder for a new one.',
    el: 'Όσα βεβαίωνε αυτή η αναλυτική βαθμολογία δεν κρατήθηκαν όταν εκδόθηκε. Ελέγξτε το αρχείο PDF ή ζητήστε νέα από τον κάτοχο.',
  },
})
