/** What the page says of a code. */
export const letterWords = {
  en: {
    title: 'Letter verification',
    valid: ['Genuine', 'A letter with this code was issued by the institution, and what it certifies is unchanged.'],
    expired: ['Expired', 'The letter is genuine, but its period of validity is over. Ask the holder for a new one.'],
    revoked: ['Revoked', 'The institution has withdrawn this letter. Do not rely on it.'],
    unknown: ['Unknown', 'The institution has no record of this letter. Do not rely on it.'],
  },
  el: {
    title: 'Επαλήθευση βεβαίωσης',
    valid: ['Γνήσια', 'Βεβαίωση με αυτόν τον κωδικό εκδόθηκε από το ίδρυμα και τα στοιχεία της είναι αναλλοίωτα.'],
    expired: ['Έληξε', 'Η βεβαίωση είναι γνήσια, αλλά ο χρόνος ισχύος της έχει λήξει. Ζητήστε νέα από τον κάτοχο.'],
    revoked: ['Ανακλήθηκε', 'Το ίδρυμα έχει αποσύρει αυτή τη βεβαίωση. Μη βασιστείτε σε αυτή.'],
    unknown: ['Άγνωστη', 'Το ίδρυμα δεν έχει στοιχεία για αυτή τη βεβαίωση. Μη βασιστείτε σε αυτή.'],
  },
} as const

/** What it says of a file that was given to be checked. */
export const fileWords = {
  en: {
    title: 'Letter file',
    valid: ['This exact file was issued', 'The institution issued this file, byte for byte, and it is current.'],
    expired: [
      'Issued, but expired',
      'The institution issued this file. Its period is over: ask the holder for a new one.',
    ],
    revoked: ['Issued, but revoked', 'The institution issued this file and has withdrawn it. Do not rely on it.'],
    unknown: [
      'Not a file that was issued',
      'The institution issued no letter with exactly these bytes. It may be forged; it may also be a scan, or have been saved anew by a program. Ask for the file as it was issued.',
    ],
  },
  el: {
    title: 'Αρχείο βεβαίωσης',
    valid: ['Αυτό ακριβώς το αρχείο εκδόθηκε', 'Το ίδρυμα εξέδωσε αυτό το αρχείο, byte προς byte, και ισχύει.'],
    expired: [
      'Εκδόθηκε, αλλά έληξε',
      'Το ίδρυμα εξέδωσε αυτό το αρχείο. Ο χρόνος του έχει λήξει: ζητήστε νέο από τον κάτοχο.',
    ],
    revoked: [
      'Εκδόθηκε, αλλά ανακλήθηκε',
      'Το ίδρυμα εξέδωσε αυτό το αρχείο και το έχει αποσύρει. Μη βασιστείτε σε αυτό.',
    ],
    unknown: [
      'Δεν είναι αρχείο που εκδόθηκε',
      'Το ίδρυμα δεν εξέδωσε βεβαίωση με αυτά ακριβώς τα bytes. Μπορεί να είναι πλαστή· μπορεί και να σαρώθηκε ή να αποθηκεύτηκε εκ νέου από πρόγραμμα. Ζητήστε το αρχείο όπως εκδόθηκε.',
    ],
  },
} as const
