import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  TRANSCRIPT_LINK_INVALID: {
    status: 404,
    en: 'This link was not made by us, or it was changed. Open it exactly as it stands in the mail.',
    el: 'Ο σύνδεσμος δεν δημιουργήθηκε από εμάς ή έχει αλλοιωθεί. Ανοίξτε τον ακριβώς όπως είναι στο μήνυμα.',
  },
  TRANSCRIPT_LINK_EXPIRED: {
    status: 410,
    en: 'The seven days of this link are over. Ask for a new transcript.',
    el: 'Οι επτά ημέρες του συνδέσμου πέρασαν. Ζητήστε νέα αναλυτική βαθμολογία.',
  },
  TRANSCRIPT_SUPERSEDED: {
    status: 410,
    en: 'A grade on this transcript was officially corrected since. Order a newer one, or ask whoever sent you the link to do so.',
    el: 'Έκτοτε διορθώθηκε επίσημα βαθμός αυτής της αναλυτικής βαθμολογίας. Παραγγείλετε νεότερη ή ζητήστε το από όποιον σας έστειλε τον σύνδεσμο.',
  },
})
