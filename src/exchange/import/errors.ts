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
  IMPORT_RECORD_TOO_LONG: {
    status: 422,
    en: 'The row that begins in line {line} is longer than 256 KiB. Nothing was written. Most often a quotation mark is never closed. Correct it and send the file again.',
    el: 'Η εγγραφή που αρχίζει στη γραμμή {line} ξεπερνά τα 256 KiB. Δεν γράφτηκε τίποτα. Συνήθως φταίει ένα εισαγωγικό που δεν κλείνει. Διορθώστε το και στείλτε ξανά το αρχείο.',
  },
  IMPORT_GAVE_UP: {
    status: 500,
    en: 'The import was tried several times and could not be finished. Send the file again, and quote the id of the import if that fails, too.',
    el: 'Η εισαγωγή δοκιμάστηκε αρκετές φορές και δεν ολοκληρώθηκε. Στείλτε ξανά το αρχείο και, αν αποτύχει πάλι, αναφέρετε το αναγνωριστικό της εισαγωγής.',
  },
  IMPORT_RESTORED: {
    status: 409,
    en: 'A backup was restored that was made in the middle of this import. Send the file again if its rows are still wanted.',
    el: 'Επαναφέρθηκε αντίγραφο ασφαλείας που είχε δημιουργηθεί στη διάρκεια αυτής της εισαγωγής. Στείλτε ξανά το αρχείο, αν χρειάζονται ακόμη οι γραμμές του.',
  },
})

export const constraints = {
  import_job_format_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_language_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_columns_json: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_blanks_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_dates_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_state_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_job_finished_when: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
