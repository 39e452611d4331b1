import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  IMPORT_AMBIGUOUS: {
    status: 409,
    en: 'More than one row has this key. Say what tells them apart (enrolled_at of a seat), or give them different titles first.',
    el: 'Περισσότερες από μία γραμμές έχουν αυτό το κλειδί. Δηλώστε τι τις ξεχωρίζει (το enrolled_at μιας εγγραφής) ή δώστε τους πρώτα διαφορετικούς τίτλους.',
  },
  IMPORT_TERM_CLASHES: {
    status: 409,
    en: 'Meetings that clash on these days with those of other sections: {count}. A student, a room or an instructor would be in both. The row is written; look at the meetings.',
    el: 'Συναντήσεις που αυτές τις ημέρες συμπίπτουν με άλλων τμημάτων: {count}. Κοινό έχουν φοιτητή, αίθουσα ή διδάσκοντα. Η γραμμή γράφεται· ελέγξτε τις συναντήσεις.',
  },
  IMPORT_END_MISMATCH: {
    status: 422,
    fields: ['ended_at', 'status'],
    en: 'An enrollment that was dropped, withdrawn or completed needs ended_at; one that is enrolled has none. Correct the row.',
    el: 'Εγγραφή dropped, withdrawn ή completed χρειάζεται ended_at· μια enrolled δεν έχει. Διορθώστε τη γραμμή.',
  },
  IMPORT_END_BEFORE_START: {
    status: 422,
    fields: ['ended_at'],
    en: 'ended_at is before enrolled_at. Correct one of the two.',
    el: 'Το ended_at είναι πριν από το enrolled_at. Διορθώστε ένα από τα δύο.',
  },
})
