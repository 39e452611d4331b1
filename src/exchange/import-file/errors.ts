import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  IMPORT_NOT_TEXT: {
    status: 422,
    en: 'Line {line} of the file is not text in {charset}. The details show what the line would be in other charsets: send the file with the right one, as in text/csv; charset=windows-1253, or save it as UTF-8.',
    el: 'Η γραμμή {line} του αρχείου δεν είναι κείμενο {charset}. Οι λεπτομέρειες δείχνουν πώς θα ήταν η γραμμή σε άλλες κωδικοποιήσεις: στείλτε το αρχείο με τη σωστή, όπως text/csv; charset=windows-1253, ή αποθηκεύστε το ως UTF-8.',
  },
  IMPORT_HEADER_MISSING: {
    status: 422,
    en: 'The file does not begin with a line that names its columns. Put one above the rows.',
    el: 'Το αρχείο δεν αρχίζει με γραμμή που ονομάζει τις στήλες του. Προσθέστε την πάνω από τις γραμμές.',
  },
  IMPORT_COLUMN_UNKNOWN: {
    status: 422,
    en: 'Unknown columns: {columns}. Rename or remove them. There are: {known}.',
    el: 'Άγνωστες στήλες: {columns}. Μετονομάστε ή αφαιρέστε τες. Υπάρχουν: {known}.',
  },
  IMPORT_COLUMN_MISSING: {
    status: 422,
    en: 'The file lacks the columns {columns}. Add them.',
    el: 'Από το αρχείο λείπουν οι στήλες {columns}. Προσθέστε τες.',
  },
  IMPORT_COLUMN_TWICE: {
    status: 422,
    en: 'The columns {columns} are there more than once. Keep one of each.',
    el: 'Οι στήλες {columns} υπάρχουν περισσότερες από μία φορές. Κρατήστε μία από κάθε μία.',
  },
  IMPORT_ROW_MALFORMED: {
    status: 422,
    en: 'The row cannot be read: its quotation marks or its JSON are broken. Correct it and send the file again.',
    el: 'Η γραμμή δεν διαβάζεται: τα εισαγωγικά ή το JSON της είναι λανθασμένα. Διορθώστε τη και στείλτε ξανά το αρχείο.',
  },
  IMPORT_CELL_COUNT: {
    status: 422,
    en: 'The row has {found} cells; the header names {expected}. Correct the row and send the file again.',
    el: 'Η γραμμή έχει {found} κελιά· η κεφαλίδα ονομάζει {expected}. Διορθώστε τη γραμμή και στείλτε ξανά το αρχείο.',
  },
  IMPORT_CELL_NAMELESS: {
    status: 422,
    en: 'The cell in column {place} has a value, but the header has no name there. Name the column or empty the cell, and send the file again.',
    el: 'Το κελί της στήλης {place} έχει τιμή, αλλά η κεφαλίδα δεν έχει όνομα εκεί. Ονομάστε τη στήλη ή αδειάστε το κελί και στείλτε ξανά το αρχείο.',
  },
  IMPORT_QUOTE_RUNS_ON: {
    status: 422,
    en: 'A quotation mark that opens in line {line} runs on over the rows behind it, so the file cannot be told apart into rows. Nothing was written. Close or double it and send the file again.',
    el: 'Ένα εισαγωγικό που ανοίγει στη γραμμή {line} συνεχίζεται στις επόμενες, οπότε οι γραμμές του αρχείου δεν ξεχωρίζουν. Δεν γράφτηκε τίποτα. Κλείστε το ή διπλασιάστε το και στείλτε ξανά το αρχείο.',
  },
})
