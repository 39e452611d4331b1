import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { importStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  IMPORT_NOT_FOUND: {
    status: 404,
    en: 'Import with id {id} not found.',
    el: 'Δεν βρέθηκε εισαγωγή με αναγνωριστικό {id}.',
  },
  IMPORT_NEEDS_CONFIRMATION: {
    status: 409,
    en: 'The import would change {updated} of {live} rows. Look at them with dry_run=true, then repeat it with confirm=true.',
    el: 'Η εισαγωγή θα άλλαζε {updated} από {live} γραμμές. Δείτε τις με dry_run=true και επαναλάβετε με confirm=true.',
  },
  IMPORT_NOT_WAITING: {
    status: 409,
    en: 'This import does not wait for a confirmation: its state is {state}. Send the file again to import it once more.',
    el: 'Αυτή η εισαγωγή δεν περιμένει επιβεβαίωση: η κατάστασή της είναι {state}. Στείλτε ξανά το αρχείο για νέα εισαγωγή.',
    words: { state: importStates },
  },
  IMPORT_NOT_TEXT: {
    status: 422,
    en: 'The file is not UTF-8 text. Save it as UTF-8 and send it again.',
    el: 'Το αρχείο δεν είναι κείμενο UTF-8. Αποθηκεύστε το ως UTF-8 και στείλτε το ξανά.',
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
  IMPORT_RECORD_TOO_LONG: {
    status: 422,
    en: 'A row of the file is longer than 256 KiB. Most often a quotation mark is never closed. Correct it and send the file again.',
    el: 'Μια γραμμή του αρχείου ξεπερνά τα 256 KiB. Συνήθως φταίει ένα εισαγωγικό που δεν κλείνει. Διορθώστε το και στείλτε ξανά το αρχείο.',
  },
  IMPORT_GAVE_UP: {
    status: 500,
    en: 'The import was tried several times and could not be finished. Send the file again, and quote the id of the import if that fails, too.',
    el: 'Η εισαγωγή δοκιμάστηκε αρκετές φορές και δεν ολοκληρώθηκε. Στείλτε ξανά το αρχείο και, αν αποτύχει πάλι, αναφέρετε το αναγνωριστικό της εισαγωγής.',
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
  IMPORT_REFERENCE_NOT_FOUND: {
    status: 404,
    en: 'There is nothing with this {field}. Correct it, or create it first.',
    el: 'Δεν υπάρχει τίποτα με αυτό το {field}. Διορθώστε το ή δημιουργήστε το πρώτα.',
  },
  IMPORT_ROW_TWICE: {
    status: 409,
    en: 'The file has this row already in line {first}. Keep one of the two.',
    el: 'Το αρχείο έχει ήδη αυτή τη γραμμή στη γραμμή {first}. Κρατήστε μία από τις δύο.',
  },
  IMPORT_ROW_DELETED: {
    status: 409,
    en: 'A deleted row (id {id}) has this key. Restore it first.',
    el: 'Μια διαγραμμένη γραμμή (id {id}) έχει αυτό το κλειδί. Επαναφέρετέ την πρώτα.',
  },
  IMPORT_AMBIGUOUS: {
    status: 409,
    en: 'More than one row has this key. Give them different titles first.',
    el: 'Περισσότερες από μία γραμμές έχουν αυτό το κλειδί. Δώστε τους πρώτα διαφορετικούς τίτλους.',
  },
  IMPORT_END_MISMATCH: {
    status: 422,
    en: 'An enrollment that was dropped, withdrawn or completed needs ended_at; one that is enrolled has none. Correct the row.',
    el: 'Εγγραφή dropped, withdrawn ή completed χρειάζεται ended_at· μια enrolled δεν έχει. Διορθώστε τη γραμμή.',
  },
  IMPORT_END_BEFORE_START: {
    status: 422,
    en: 'ended_at is before enrolled_at. Correct one of the two.',
    el: 'Το ended_at είναι πριν από το enrolled_at. Διορθώστε ένα από τα δύο.',
  },
})

export const constraints = {
  import_rehearsed: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_format_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_language_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_columns_json: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_state_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_finished_when: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_content_json: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_action_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_error_params_json: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
