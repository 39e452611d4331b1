import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  IMPORT_REFERENCE_NOT_FOUND: {
    status: 404,
    en: 'There is nothing with this {field}. Correct it, or create it first.',
    el: 'Δεν υπάρχει τίποτα με αυτό το {field}. Διορθώστε το ή δημιουργήστε το πρώτα.',
  },
  IMPORT_ZEROS_LOST: {
    status: 404,
    en: 'There is nothing with the {field} {given}, but there is {found}. A spreadsheet may have taken the zeros away: format the column as text and enter them again.',
    el: 'Δεν υπάρχει {field} {given}, υπάρχει όμως {found}. Ίσως ένα λογιστικό φύλλο αφαίρεσε τα μηδενικά: μορφοποιήστε τη στήλη ως κείμενο και γράψτε τα ξανά.',
  },
  IMPORT_ZEROS_MISSING: {
    status: 409,
    en: 'The row is a new one with the {field} {given}, but there is {found} already. If a spreadsheet took the zeros away, format the column as text and enter them again.',
    el: 'Η γραμμή είναι νέα, με {field} {given}, υπάρχει όμως ήδη {found}. Αν ένα λογιστικό φύλλο αφαίρεσε τα μηδενικά, μορφοποιήστε τη στήλη ως κείμενο και γράψτε τα ξανά.',
  },
  IMPORT_VALUE_MISSING: {
    status: 422,
    en: 'There is no row with this key yet, and a new one needs {field}. Correct the key, or give {field}.',
    el: 'Δεν υπάρχει ακόμη γραμμή με αυτό το κλειδί, και μια νέα χρειάζεται {field}. Διορθώστε το κλειδί ή δώστε {field}.',
  },
  IMPORT_ROW_TWICE: {
    status: 409,
    en: 'The file has this row already in line {first}. Keep one of the two.',
    el: 'Το αρχείο έχει ήδη αυτή τη γραμμή στη γραμμή {first}. Κρατήστε μία από τις δύο.',
  },
  IMPORT_VALUE_TWICE: {
    status: 409,
    en: 'Line {first} of the file has the same {field}, and no two rows may. Correct one of the two.',
    el: 'Η γραμμή {first} του αρχείου έχει το ίδιο {field}, που δεν μπορεί να υπάρχει δύο φορές. Διορθώστε τη μία από τις δύο.',
  },
  IMPORT_ROW_DELETED: {
    status: 409,
    en: 'A deleted row (id {id}) has this key. Restore it first.',
    el: 'Μια διαγραμμένη γραμμή (id {id}) έχει αυτό το κλειδί. Επαναφέρετέ την πρώτα.',
  },
})

export const constraints = {
  import_rehearsed: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_content_json: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_action_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_error_severity_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_error_params_json: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
