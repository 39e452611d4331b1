import { type Constraints, errorsOf, type Phrase } from '#/platform/errors.ts'
import { resultStates } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  RESULT_NOT_FOUND: {
    status: 404,
    fields: ['result_id'],
    en: 'Result with id {id} not found.',
    el: 'Δεν βρέθηκε αποτέλεσμα με αναγνωριστικό {id}.',
  },
  RESULT_LOCKED: {
    status: 403,
    en: 'This result is {state} and cannot be edited. Ask for a change with POST /api/v1/results/change-request.',
    el: 'Το αποτέλεσμα είναι {state} και δεν τροποποιείται. Ζητήστε αλλαγή με POST /api/v1/results/change-request.',
    words: { state: resultStates },
  },
  RESULT_OFFICIAL: {
    status: 409,
    en: 'A result that this is part of is official, so it stays as it is. Ask for a correction with POST /api/v1/results/change-request.',
    el: 'Αποτέλεσμα που βασίζεται σε αυτό είναι επίσημο, γι’ αυτό δεν αλλάζει. Ζητήστε διόρθωση με POST /api/v1/results/change-request.',
  },
  RESULT_WITHDRAWN: {
    status: 400,
    en: 'The student has withdrawn from the section: the result is a W and has no grade to change. For a grade the course has to be taken again.',
    el: 'Ο φοιτητής έχει αποχωρήσει από το τμήμα: το αποτέλεσμα είναι W και δεν έχει βαθμό προς τροποποίηση. Για βαθμό πρέπει να πάρει ξανά το μάθημα.',
  },
  RESULT_REASON_REQUIRED: {
    status: 400,
    fields: ['reason'],
    en: 'Say in `reason` why the computed grade is changed by hand.',
    el: 'Εξηγήστε στο `reason` γιατί ο υπολογισμένος βαθμός αλλάζει με το χέρι.',
  },
  NOTHING_TO_COMPUTE: {
    status: 400,
    en: 'Nobody is enrolled in this section, so there is no result to compute. Enroll students first.',
    el: 'Δεν υπάρχουν εγγεγραμμένοι στο τμήμα, άρα ούτε αποτελέσματα προς υπολογισμό. Εγγράψτε πρώτα φοιτητές.',
  },
  RESULTS_INCOMPLETE: {
    status: 400,
    en: 'The section is not ready to be published. What is missing is listed in details.missing. Add it and publish again.',
    el: 'Το τμήμα δεν είναι έτοιμο για δημοσίευση. Όσα λείπουν αναφέρονται στο details.missing. Συμπληρώστε τα και δημοσιεύστε ξανά.',
  },
  RESULTS_OUTDATED: {
    status: 409,
    en: 'Students whose work has changed since the results were computed: {count}, named in details.student_ids. Compute the results anew, look at them, and publish then.',
    el: 'Φοιτητές των οποίων η εργασία άλλαξε μετά τον υπολογισμό των αποτελεσμάτων: {count}, στα details.student_ids. Υπολογίστε ξανά τα αποτελέσματα, ελέγξτε τα και μετά δημοσιεύστε.',
  },
  WEIGHTS_INCOMPLETE: {
    status: 400,
    en: 'The weights of the section must total 100% before publishing. Current total: {total}%',
    el: 'Τα βάρη του τμήματος πρέπει να αθροίζουν 100% πριν τη δημοσίευση. Τρέχον σύνολο: {total}%',
    plain: {
      en: 'The weights of the section must total 100% before publishing. Correct them.',
      el: 'Τα βάρη του τμήματος πρέπει να αθροίζουν 100% πριν τη δημοσίευση. Διορθώστε τα.',
    },
  },
  RESULT_ALREADY_PUBLISHED: {
    status: 400,
    en: 'The result is already published. To change it, ask with POST /api/v1/results/change-request.',
    el: 'Το αποτέλεσμα έχει ήδη δημοσιευτεί. Για να αλλάξει, ζητήστε το με POST /api/v1/results/change-request.',
  },
  RESULT_FROZEN: {
    status: 400,
    en: 'The result is frozen. To change it, ask with POST /api/v1/results/change-request.',
    el: 'Το αποτέλεσμα έχει οριστικοποιηθεί. Για να αλλάξει, ζητήστε το με POST /api/v1/results/change-request.',
  },
  RESULT_NOT_PUBLISHED: {
    status: 400,
    en: 'Can only freeze published results. Current state: {state}',
    el: 'Οριστικοποιούνται μόνο δημοσιευμένα αποτελέσματα. Τρέχουσα κατάσταση: {state}',
    words: { state: resultStates },
  },
})

/** What RESULT_NOT_PUBLISHED says where there is no result. */
export const nothingYet: Phrase = { en: 'nothing is published yet', el: 'δεν έχει δημοσιευτεί τίποτα ακόμη' }

export const constraints = {
  'result.section_id, result.student_id': sharedErrors.STALE_STATE,
  result_state_edge: sharedErrors.STALE_STATE,
  result_outdated: sharedErrors.STALE_STATE,
  result_is_official: errors.RESULT_LOCKED,
  work_is_official: errors.RESULT_OFFICIAL,
  result_weights_incomplete: errors.WEIGHTS_INCOMPLETE,
  result_categories_incomplete: errors.RESULTS_INCOMPLETE,
  result_state_known: sharedErrors.VALIDATION_ERROR,
  result_set_by_hand_flag: sharedErrors.VALIDATION_ERROR,
  result_outcome_known: sharedErrors.VALIDATION_ERROR,
  result_percentage_range: sharedErrors.VALIDATION_ERROR,
  result_points_range: sharedErrors.VALIDATION_ERROR,
  result_credits_range: sharedErrors.VALIDATION_ERROR,
  result_published_when: sharedErrors.STALE_STATE,
  result_frozen_when: sharedErrors.STALE_STATE,
} satisfies Constraints
