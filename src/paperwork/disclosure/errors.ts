import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  HOLDER_NOT_CONFIRMED: {
    status: 403,
    en: 'This code and what you gave do not belong together. Read the number or the date from the document again; a code takes five tries an hour.',
    el: 'Ο κωδικός και το στοιχείο που δώσατε δεν ταιριάζουν. Διαβάστε ξανά τον αριθμό ή την ημερομηνία από το έγγραφο· κάθε κωδικός δέχεται πέντε προσπάθειες την ώρα.',
  },
  DOCUMENT_NOT_CURRENT: {
    status: 409,
    en: 'What this document certified is no longer shown: it has expired, or was superseded or revoked. Ask the holder for a new one.',
    el: 'Όσα βεβαίωνε το έγγραφο δεν εμφανίζονται πια: έχει λήξει, αντικατασταθεί ή ανακληθεί. Ζητήστε νέο από τον κάτοχο.',
  },
})
