import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  DEAD_LETTER_NOT_FOUND: {
    status: 404,
    en: 'Dead letter with id {id} not found.',
    el: 'Δεν βρέθηκε ανεπίδοτο μήνυμα με αναγνωριστικό {id}.',
  },
  DEAD_LETTER_RETRIED: {
    status: 409,
    en: 'This message has been sent again already. Should it fail once more, it can be sent once more.',
    el: 'Αυτό το μήνυμα έχει ήδη σταλεί ξανά. Αν αποτύχει πάλι, μπορεί να σταλεί άλλη μία φορά.',
  },
  DEAD_LETTER_UNREADABLE: {
    status: 409,
    en: 'This release of Lyceum does not understand the message. Deploy one that does, then send it again.',
    el: 'Αυτή η έκδοση του Lyceum δεν κατανοεί το μήνυμα. Εγκαταστήστε μία που το κατανοεί και στείλτε το ξανά.',
  },
  DEAD_LETTER_OVER: {
    status: 409,
    en: 'A restore that was given up is not run again by itself, as it was asked for and approved at another moment. Ask for the restore anew.',
    el: 'Μια επαναφορά που εγκαταλείφθηκε δεν εκτελείται ξανά από μόνη της, καθώς ζητήθηκε και εγκρίθηκε σε άλλη στιγμή. Ζητήστε ξανά την επαναφορά από την αρχή.',
  },
})

export const constraints = {
  dead_letter_retried: errors.DEAD_LETTER_RETRIED,
  dead_letter_message_json: sharedErrors.INTERNAL_SERVER_ERROR,
  dead_letter_status_known: sharedErrors.INTERNAL_SERVER_ERROR,
  'dead_letter.origin_id': sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
