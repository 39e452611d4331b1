import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  SAVED_FILTER_NOT_FOUND: {
    status: 404,
    en: 'Saved filter with id {id} not found.',
    el: 'Δεν βρέθηκε αποθηκευμένο φίλτρο με αναγνωριστικό {id}.',
  },
  SAVED_FILTER_NAME_TAKEN: {
    status: 409,
    en: 'You already have a filter for {entity} whose name is, or reads as, {name}. Choose another name, or change that one.',
    el: 'Έχετε ήδη φίλτρο για {entity} με όνομα ίδιο ή όμοιο με το {name}. Επιλέξτε άλλο όνομα ή αλλάξτε εκείνο.',
  },
})

export const constraints = {
  'saved_filter.user_id, saved_filter.entity, saved_filter.name': errors.SAVED_FILTER_NAME_TAKEN,
  'saved_filter.user_id, saved_filter.entity, saved_filter.name_key': errors.SAVED_FILTER_NAME_TAKEN,
  saved_filter_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  saved_filter_query_is_map: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
