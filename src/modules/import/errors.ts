import type { ErrorCode, ErrorText } from '../../errors.ts'

export const importErrors = {
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
    en: 'This import does not wait for a confirmation: its state is {state}.',
    el: 'Αυτή η εισαγωγή δεν περιμένει επιβεβαίωση: η κατάστασή της είναι {state}.',
  },
  IMPORT_NOT_TEXT: {
    status: 422,
    en: 'The file is not UTF-8 text. Save it as UTF-8 and send it again.',
    el: 'Το αρχείο δεν είναι κείμενο UTF-8. Αποθηκεύστε το ως UTF-8 και στείλτε το ξανά.',
  },
  IMPORT_HEADER_MISSING: {
    status: 422,
    en: 'The file does not begin with a line that names its columns.',
    el: 'Το αρχείο δεν αρχίζει με γραμμή που ονομάζει τις στήλες του.',
  },
  IMPORT_COLUMN_UNKNOWN: {
    status: 422,
    en: 'Unknown columns: {columns}. There are: {known}.',
    el: 'Άγνωστες στήλες: {columns}. Υπάρχουν: {known}.',
  },
  IMPORT_COLUMN_MISSING: {
    status: 422,
    en: 'The file lacks the columns {columns}.',
    el: 'Από το αρχείο λείπουν οι στήλες {columns}.',
  },
  IMPORT_COLUMN_TWICE: {
    status: 422,
    en: 'The columns {columns} are there more than once.',
    el: 'Οι στήλες {columns} υπάρχουν περισσότερες από μία φορές.',
  },
  IMPORT_RECORD_TOO_LONG: {
    status: 422,
    en: 'A row of the file is longer than 256 KiB. A quotation mark that is never closed looks like this.',
    el: 'Μια γραμμή του αρχείου ξεπερνά τα 256 KiB. Έτσι φαίνεται ένα εισαγωγικό που δεν κλείνει ποτέ.',
  },
  IMPORT_GAVE_UP: {
    status: 500,
    en: 'The import was tried several times and could not be finished.',
    el: 'Η εισαγωγή δοκιμάστηκε αρκετές φορές και δεν ολοκληρώθηκε.',
  },
  IMPORT_ROW_MALFORMED: {
    status: 422,
    en: 'The row cannot be read: its quotation marks or its JSON are broken.',
    el: 'Η γραμμή δεν διαβάζεται: τα εισαγωγικά ή το JSON της είναι λανθασμένα.',
  },
  IMPORT_CELL_COUNT: {
    status: 422,
    en: 'The row has {found} cells; the header names {expected}.',
    el: 'Η γραμμή έχει {found} κελιά· η κεφαλίδα ονομάζει {expected}.',
  },
  IMPORT_REFERENCE_NOT_FOUND: {
    status: 404,
    en: 'Nothing is there with this {field}.',
    el: 'Δεν υπάρχει τίποτα με αυτό το {field}.',
  },
  IMPORT_ROW_TWICE: {
    status: 409,
    en: 'The file has this row already in line {first}.',
    el: 'Το αρχείο έχει ήδη αυτή τη γραμμή στη γραμμή {first}.',
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
    en: 'An enrollment that was dropped, withdrawn or completed needs ended_at; one that is enrolled has none.',
    el: 'Εγγραφή dropped, withdrawn ή completed χρειάζεται ended_at· μια enrolled δεν έχει.',
  },
  IMPORT_END_BEFORE_START: {
    status: 422,
    en: 'ended_at is before enrolled_at.',
    el: 'Το ended_at είναι πριν από το enrolled_at.',
  },
} satisfies Record<string, ErrorText>

export const importConstraints = {
  import_rehearsed: 'INTERNAL_SERVER_ERROR',
  import_job_format_known: 'INTERNAL_SERVER_ERROR',
  import_job_language_known: 'INTERNAL_SERVER_ERROR',
  import_job_columns_json: 'INTERNAL_SERVER_ERROR',
  import_job_state_known: 'INTERNAL_SERVER_ERROR',
  import_job_finished_when: 'INTERNAL_SERVER_ERROR',
  import_row_content_json: 'INTERNAL_SERVER_ERROR',
  import_row_action_known: 'INTERNAL_SERVER_ERROR',
  import_error_params_json: 'INTERNAL_SERVER_ERROR',
} satisfies Record<string, ErrorCode>
