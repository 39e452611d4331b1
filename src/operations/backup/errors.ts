import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  BACKUP_UNDER_WAY: {
    status: 409,
    en: 'A backup is being made, verified or restored right now. Try again when it has ended.',
    el: 'Αυτή τη στιγμή δημιουργείται, ελέγχεται ή επαναφέρεται ένα αντίγραφο ασφαλείας. Δοκιμάστε ξανά όταν τελειώσει.',
  },
  BACKUP_NOT_CONFIRMED: {
    status: 400,
    fields: ['confirm'],
    en: 'A restore replaces everything. To go on, send the name of the backup in confirm.',
    el: 'Η επαναφορά αντικαθιστά τα πάντα. Για να συνεχίσετε, στείλτε το όνομα του αντιγράφου στο confirm.',
  },
  BACKUP_GAVE_UP: {
    status: 503,
    en: 'The work failed again and again and was given up. The log says why; start it again.',
    el: 'Η εργασία απέτυχε επανειλημμένα και εγκαταλείφθηκε. Η αιτία είναι στο αρχείο καταγραφής· ξεκινήστε την ξανά.',
  },
})

export const constraints = {
  backup_run_under_way: errors.BACKUP_UNDER_WAY,
  backup_run_task_known: sharedErrors.INTERNAL_SERVER_ERROR,
  backup_run_progress_json: sharedErrors.INTERNAL_SERVER_ERROR,
  backup_run_error_when: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
