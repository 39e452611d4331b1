import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  ASSESSMENT_NOT_FOUND: {
    status: 404,
    fields: ['assessment_id'],
    en: 'Assessment with id {id} not found.',
    el: 'Δεν βρέθηκε αξιολόγηση με αναγνωριστικό {id}.',
    inFile: {
      en: 'There is no assessment {assessment_title} in this section any more. Restore it first, or leave the line out.',
      el: 'Δεν υπάρχει πια αξιολόγηση {assessment_title} σε αυτό το τμήμα. Επαναφέρετέ την πρώτα ή παραλείψτε τη γραμμή.',
    },
  },
  WEIGHT_EXCEEDED: {
    status: 400,
    fields: ['weight'],
    en: 'Total weight for section cannot exceed 100%. Current total: {total}%',
    el: 'Το συνολικό βάρος του τμήματος δεν μπορεί να υπερβαίνει το 100%. Με αυτό το βάρος το σύνολο θα ήταν {total}%.',
    plain: {
      en: 'Total weight for section cannot exceed 100%. Lower one of the weights.',
      el: 'Το συνολικό βάρος του τμήματος δεν μπορεί να υπερβαίνει το 100%. Μειώστε κάποιο από τα βάρη.',
    },
  },
  MAX_SCORE_BELOW_SCORES: {
    status: 409,
    fields: ['max_score'],
    en: 'There are scores above {max_score}. Correct them before lowering the maximum.',
    el: 'Υπάρχουν βαθμοί πάνω από {max_score}. Διορθώστε τους πριν μειώσετε το μέγιστο.',
  },
  ASSESSMENT_HAS_SCORES: {
    status: 409,
    en: 'The assessment has scores and cannot be deleted. Delete the scores first.',
    el: 'Η αξιολόγηση έχει βαθμούς και δεν διαγράφεται. Διαγράψτε πρώτα τους βαθμούς.',
  },
  ASSESSMENT_SECTION_FIXED: {
    status: 400,
    en: 'An assessment cannot move to another section. Create a new one there.',
    el: 'Μια αξιολόγηση δεν μεταφέρεται σε άλλο τμήμα. Δημιουργήστε νέα εκεί.',
  },
  ASSESSMENT_CATEGORY_NOT_FOUND: {
    status: 404,
    en: 'The section has no category with id {category_id}. Check the id, or create the category first.',
    el: 'Το τμήμα δεν έχει κατηγορία με αναγνωριστικό {category_id}. Ελέγξτε το αναγνωριστικό ή δημιουργήστε πρώτα την κατηγορία.',
    inFile: {
      en: 'The section has no category {category_name} any more. Check the name, or restore it first.',
      el: 'Το τμήμα δεν έχει πια κατηγορία {category_name}. Ελέγξτε το όνομα ή επαναφέρετέ την πρώτα.',
    },
  },
  CATEGORY_IS_ATTENDANCE: {
    status: 400,
    fields: ['category_id', 'category_name'],
    en: 'This category is the attendance of the students and takes no assessments. Choose another category.',
    el: 'Αυτή η κατηγορία είναι οι παρουσίες των φοιτητών και δεν δέχεται αξιολογήσεις. Επιλέξτε άλλη κατηγορία.',
  },
  SCORE_NOT_FOUND: {
    status: 404,
    en: 'Score with id {id} not found.',
    el: 'Δεν βρέθηκε βαθμός με αναγνωριστικό {id}.',
  },
  SCORE_EXCEEDS_MAX: {
    status: 400,
    fields: ['score'],
    en: 'Score ({score}) cannot exceed max_score ({max_score})',
    el: 'Ο βαθμός ({score}) δεν μπορεί να υπερβαίνει τη μέγιστη βαθμολογία ({max_score}).',
    plain: {
      en: 'Score cannot exceed max_score. Lower it.',
      el: 'Ο βαθμός δεν μπορεί να υπερβαίνει τη μέγιστη βαθμολογία. Μειώστε τον.',
    },
  },
  SCORE_STATE_MISMATCH: {
    status: 400,
    fields: ['score', 'state'],
    en: 'A graded or banked score needs a number; missing, excused and exempt take none.',
    el: 'Βαθμός graded ή banked χρειάζεται αριθμό· οι missing, excused και exempt δεν δέχονται αριθμό.',
  },
  SCORE_EXISTS: {
    status: 409,
    en: 'This student already has a score for this assessment. Change it with PATCH.',
    el: 'Ο φοιτητής έχει ήδη βαθμό σε αυτή την αξιολόγηση. Αλλάξτε τον με PATCH.',
  },
  SCORE_CARRIED: {
    status: 409,
    en: 'The student moved to section {section}, and this score counts there: score {score_id} of the assessment with id {assessment_id}. Change that one.',
    el: 'Ο φοιτητής μεταφέρθηκε στο τμήμα {section} και ο βαθμός μετρά εκεί: βαθμός {score_id} της αξιολόγησης με αναγνωριστικό {assessment_id}. Αλλάξτε εκείνον.',
    inFile: {
      en: 'The student {student_number} moved to section {section}, and this score counts there. Name that section.',
      el: 'Ο φοιτητής {student_number} μεταφέρθηκε στο τμήμα {section}, και εκεί μετρά αυτός ο βαθμός. Δηλώστε εκείνο το τμήμα.',
    },
  },
  NOT_ENROLLED: {
    status: 400,
    fields: ['student_id', 'student_number'],
    en: 'The student with id {student_id} is not enrolled in this section. Have the student enrolled first.',
    el: 'Ο φοιτητής με αναγνωριστικό {student_id} δεν είναι εγγεγραμμένος σε αυτό το τμήμα. Πρέπει πρώτα να εγγραφεί.',
    inFile: {
      en: 'The student {student_number} is not enrolled in this section. Have the student enrolled first.',
      el: 'Ο φοιτητής {student_number} δεν είναι εγγεγραμμένος σε αυτό το τμήμα. Πρέπει πρώτα να εγγραφεί.',
    },
  },
})

export const constraints = {
  assessment_weights_exceeded: errors.WEIGHT_EXCEEDED,
  assessment_max_below_score: errors.MAX_SCORE_BELOW_SCORES,
  assessment_has_scores: errors.ASSESSMENT_HAS_SCORES,
  assessment_stays_put: errors.ASSESSMENT_SECTION_FIXED,
  assessment_category_missing: errors.ASSESSMENT_CATEGORY_NOT_FOUND,
  category_is_attendance: errors.CATEGORY_IS_ATTENDANCE,
  assessment_section_missing: sectionErrors.SECTION_NOT_FOUND,
  'score.carried_from': sharedErrors.STALE_STATE,
  score_is_carried: sharedErrors.STALE_STATE,
  assessment_type_known: sharedErrors.VALIDATION_ERROR,
  assessment_weight_range: sharedErrors.VALIDATION_ERROR,
  assessment_max_score_range: sharedErrors.VALIDATION_ERROR,
  assessment_released_flag: sharedErrors.VALIDATION_ERROR,
  'score.assessment_id, score.student_id': errors.SCORE_EXISTS,
  score_assessment_missing: errors.ASSESSMENT_NOT_FOUND,
  score_above_max: errors.SCORE_EXCEEDS_MAX,
  score_student_not_enrolled: errors.NOT_ENROLLED,
  score_matches_state: errors.SCORE_STATE_MISMATCH,
  score_not_negative: sharedErrors.VALIDATION_ERROR,
  score_state_known: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
