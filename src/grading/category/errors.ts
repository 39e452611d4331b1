import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  CATEGORY_NOT_FOUND: {
    status: 404,
    en: 'Assessment category with id {id} not found.',
    el: 'Δεν βρέθηκε κατηγορία αξιολόγησης με αναγνωριστικό {id}.',
  },
  CATEGORY_NAME_TAKEN: {
    status: 409,
    en: 'The section already has a category whose name is, or reads as, {name}. Choose another name.',
    el: 'Το τμήμα έχει ήδη κατηγορία με όνομα ίδιο ή όμοιο με το {name}. Επιλέξτε άλλο όνομα.',
  },
  CATEGORY_WEIGHT_EXCEEDED: {
    status: 400,
    fields: ['weight'],
    en: 'Total weight of the categories of a section cannot exceed 100%. With this weight the total would be {total}%. Lower one of them.',
    el: 'Το συνολικό βάρος των κατηγοριών του τμήματος δεν μπορεί να υπερβαίνει το 100%. Με αυτό το βάρος το σύνολο θα ήταν {total}%. Μειώστε κάποιο.',
    plain: {
      en: 'Total weight of the categories of a section cannot exceed 100%. Lower one of them.',
      el: 'Το συνολικό βάρος των κατηγοριών του τμήματος δεν μπορεί να υπερβαίνει το 100%. Μειώστε κάποιο.',
    },
  },
  CATEGORY_HAS_ASSESSMENTS: {
    status: 409,
    en: 'The category {name} has assessments and cannot be deleted. Move or delete them first.',
    el: 'Η κατηγορία {name} έχει αξιολογήσεις και δεν διαγράφεται. Μεταφέρετε ή διαγράψτε τις πρώτα.',
  },
  CATEGORY_KIND_FIXED: {
    status: 400,
    en: 'A category of assessments does not become one of attendance, nor the other way round. Create a new one and delete this one.',
    el: 'Μια κατηγορία αξιολογήσεων δεν γίνεται κατηγορία παρουσιών, ούτε το αντίστροφο. Δημιουργήστε νέα και διαγράψτε αυτήν.',
  },
  CATEGORY_SECTION_FIXED: {
    status: 400,
    en: 'A category cannot move to another section. Create a new one there.',
    el: 'Μια κατηγορία δεν μεταφέρεται σε άλλο τμήμα. Δημιουργήστε νέα εκεί.',
  },
})

export const constraints = {
  'assessment_category.section_id, assessment_category.name': errors.CATEGORY_NAME_TAKEN,
  'assessment_category.section_id, assessment_category.name_key': errors.CATEGORY_NAME_TAKEN,
  category_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  category_section_missing: sectionErrors.SECTION_NOT_FOUND,
  category_weights_exceeded: errors.CATEGORY_WEIGHT_EXCEEDED,
  category_stays_put: errors.CATEGORY_SECTION_FIXED,
  category_kind_stays: errors.CATEGORY_KIND_FIXED,
  category_has_assessments: errors.CATEGORY_HAS_ASSESSMENTS,
  category_weight_range: sharedErrors.VALIDATION_ERROR,
  category_aggregation_known: sharedErrors.VALIDATION_ERROR,
  category_drop_lowest_range: sharedErrors.VALIDATION_ERROR,
  category_kind_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
