import type { ErrorCode, ErrorText } from '#/platform/errors.ts'

export const deadLetterErrors = {
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
} satisfies Record<string, ErrorText>

export const deadLetterConstraints = {
  dead_letter_retried: 'DEAD_LETTER_RETRIED',
  dead_letter_message_json: 'INTERNAL_SERVER_ERROR',
  dead_letter_status_known: 'INTERNAL_SERVER_ERROR',
  'dead_letter.origin_id': 'INTERNAL_SERVER_ERROR',
} satisfies Record<string, ErrorCode>
