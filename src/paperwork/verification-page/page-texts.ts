/** What every verification page says, whatever the document. */
export const pageTexts = {
  en: {
    tampered: [
      'Not genuine',
      'This code was not made by the institution, or it was changed. Do not rely on the document.',
    ],
    holder: 'Holder',
    number: 'Student number',
    issued: 'Issued on',
    expires: 'Verifiable until',
    digest: 'Digest of the data (SHA-256)',
    compare: 'Compare the digest and the initials with the document in your hands.',
    proves: 'What this code proves',
    provesMeaning:
      'That the institution issued a document with this code to somebody with these initials, on this day, and whether it is still to be relied on.',
    provesNot: 'What it does not prove',
    provesNotMeaning:
      'That the page or the file in your hands says what was issued: a genuine code can be printed on a forged page. Compare what the page says with what was issued, or have the PDF file checked.',
    show: 'See what was issued',
    showMeaning:
      'Type the student number or the date of birth as the document shows it. It is not kept and comes into no address. A code takes five tries an hour.',
    birth: 'or date of birth',
    showButton: 'Show',
    one: 'Type one of the two: the number or the date.',
    file: 'Check the PDF file',
    fileMeaning:
      'Choose the file, or drop it here. It is compared byte for byte with what was issued, and not kept. A scan, a photograph or a file that was saved anew is not the same file.',
    choose: 'PDF file',
    failed: 'The institution could not be reached. Try again in a moment.',
    noScript: 'To see what was issued or to check a file, allow this page to run its script.',
  },
  el: {
    tampered: ['Μη γνήσια', 'Ο κωδικός δεν δημιουργήθηκε από το ίδρυμα ή έχει αλλοιωθεί. Μη βασιστείτε στο έγγραφο.'],
    holder: 'Κάτοχος',
    number: 'Αριθμός μητρώου',
    issued: 'Ημερομηνία έκδοσης',
    expires: 'Επαληθεύσιμη έως',
    digest: 'Αποτύπωμα στοιχείων (SHA-256)',
    compare: 'Συγκρίνετε το αποτύπωμα και τα αρχικά με το έγγραφο που κρατάτε.',
    proves: 'Τι αποδεικνύει αυτός ο κωδικός',
    provesMeaning:
      'Ότι το ίδρυμα εξέδωσε έγγραφο με αυτόν τον κωδικό, σε πρόσωπο με αυτά τα αρχικά, την ημέρα αυτή, και αν μπορείτε ακόμη να βασιστείτε σε αυτό.',
    provesNot: 'Τι δεν αποδεικνύει',
    provesNotMeaning:
      'Ότι η σελίδα ή το αρχείο που κρατάτε γράφει όσα εκδόθηκαν: ένας γνήσιος κωδικός μπορεί να τυπωθεί σε πλαστή σελίδα. Συγκρίνετε όσα γράφει η σελίδα με όσα εκδόθηκαν ή ελέγξτε το αρχείο PDF.',
    show: 'Δείτε τι εκδόθηκε',
    showMeaning:
      'Πληκτρολογήστε τον αριθμό μητρώου ή την ημερομηνία γέννησης όπως φαίνεται στο έγγραφο. Δεν διατηρείται και δεν μπαίνει σε καμία διεύθυνση. Κάθε κωδικός δέχεται πέντε προσπάθειες την ώρα.',
    birth: 'ή ημερομηνία γέννησης',
    showButton: 'Εμφάνιση',
    one: 'Πληκτρολογήστε το ένα από τα δύο: τον αριθμό ή την ημερομηνία.',
    file: 'Ελέγξτε το αρχείο PDF',
    fileMeaning:
      'Επιλέξτε το αρχείο ή σύρετέ το εδώ. Συγκρίνεται byte προς byte με όσα εκδόθηκαν και δεν διατηρείται. Μια σάρωση, μια φωτογραφία ή ένα αρχείο που αποθηκεύτηκε εκ νέου δεν είναι το ίδιο αρχείο.',
    choose: 'Αρχείο PDF',
    failed: 'Το ίδρυμα δεν απαντά. Δοκιμάστε ξανά σε λίγο.',
    noScript: 'Για να δείτε τι εκδόθηκε ή να ελέγξετε ένα αρχείο, επιτρέψτε στη σελίδα να εκτελέσει τον κώδικά της.',
  },
} as const
