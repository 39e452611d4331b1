import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
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
})

export const constraints = {
  import_rehearsed: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_content_json: sharedErrors.INTERNAL_SERVER_ERROR,
  import_row_action_known: sharedErrors.INTERNAL_SERVER_ERROR,
  import_error_params_json: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
