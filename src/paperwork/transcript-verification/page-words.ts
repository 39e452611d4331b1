/** What the page says of a code. */
export const transcriptWords = {
  en: {
    title: 'Transcript verification',
    valid: ['Genuine', 'A transcript with this code was issued by the institution, and its data is unchanged.'],
    expired: [
      'Expired',
      'The transcript is genuine, but its verification period is over. Ask the holder for a new one.',
    ],
    superseded: [
      'Superseded',
      'The transcript is genuine, but a grade was officially corrected since. Ask the holder for a new one.',
    ],
    revoked: ['Revoked', 'The institution has withdrawn this transcript. Do not rely on it.'],
    unknown: ['Unknown', 'The institution has no record of this transcript. Do not rely on it.'],
  },
  el: {
    title: 'Επαλήθευση αναλυτικής βαθμολογίας',
    valid: [
      'Γνήσια',
      'Αναλυτική βαθμολογία με αυτόν τον κωδικό εκδόθηκε από το ίδρυμα και τα στοιχεία της είναι αναλλοίωτα.',
    ],
    expired: [
      'Έληξε',
      'Η αναλυτική βαθμολογία είναι γνήσια, αλλά ο χρόνος επαλήθευσής της έχει λήξει. Ζητήστε νέα από τον κάτοχο.',
    ],
    superseded: [
      'Αντικαταστάθηκε',
      'Η αναλυτική βαθμολογία είναι γνήσια, αλλά έκτοτε διορθώθηκε επίσημα βαθμός. Ζητήστε νέα από τον κάτοχο.',
    ],
    revoked: ['Ανακλήθηκε', 'Το ίδρυμα έχει αποσύρει αυτή την αναλυτική βαθμολογία. Μη βασιστείτε σε αυτή.'],
    unknown: ['Άγνωστη', 'Το ίδρυμα δεν έχει στοιχεία για αυτή την αναλυτική βαθμολογία. Μη βασιστείτε σε αυτή.'],
  },
} as const

/** What it says of a file that was given to be checked. */
export const fileWords = {
  en: {
    title: 'Transcript file',
    valid: ['This exact file was issued', 'The institution issued this file, byte for byte, and it is current.'],
    expired: [
      'Issued, but expired',
      'The institution issued this file. Its period is over: ask the holder for a new one.',
    ],
    superseded: [
      'Issued, but superseded',
      'The institution issued this file, but a grade was officially corrected since. Ask the holder for a new one.',
    ],
    revoked: ['Issued, but revoked', 'The institution issued this file and has withdrawn it. Do not rely on it.'],
    unknown: [
      'Not a file that was issued',
      'The institution issued no transcript with exactly these bytes. It may be forged; it may also be a scan, or have been saved anew by a program. Ask for the file as it was issued.',
    ],
  },
  el: {
    title: 'Αρχείο αναλυτικής βαθμολογίας',
    valid: ['Αυτό ακριβώς το αρχείο εκδόθηκε', 'Το ίδρυμα εξέδωσε αυτό το αρχείο, byte προς byte, και ισχύει.'],
    expired: [
      'Εκδόθηκε, αλλά έληξε',
      'Το ίδρυμα εξέδωσε αυτό το αρχείο. Ο χρόνος του έχει λήξει: ζητήστε νέο από τον κάτοχο.',
    ],
    superseded: [
      'Εκδόθηκε, αλλά αντικαταστάθηκε',
      'Το ίδρυμα εξέδωσε αυτό το αρχείο, αλλά έκτοτε διορθώθηκε επίσημα βαθμός. Ζητήστε νέο από τον κάτοχο.',
    ],
    revoked: [
      'Εκδόθηκε, αλλά ανακλήθηκε',
      'Το ίδρυμα εξέδωσε αυτό το αρχείο και το έχει αποσύρει. Μη βασιστείτε σε αυτό.',
    ],
    unknown: [
      'Δεν είναι αρχείο που εκδόθηκε',
      'Το ίδρυμα δεν εξέδωσε αναλυτική βαθμολογία με αυτά ακριβώς τα bytes. Μπορεί να είναι πλαστή· μπορεί και να σαρώθηκε ή να αποθηκεύτηκε εκ νέου από πρόγραμμα. Ζητήστε το αρχείο όπως εκδόθηκε.',
    ],
  },
} as const
