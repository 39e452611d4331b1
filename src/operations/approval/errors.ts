import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  APPROVAL_NOT_FOUND: {
    status: 404,
    en: 'Approval with id {id} not found.',
    el: 'Δεν βρέθηκε έγκριση με αναγνωριστικό {id}.',
  },
  APPROVAL_PENDING: {
    status: 409,
    en: 'This was asked for already and waits for a second person. GET /api/v1/approvals shows it; let somebody else approve or reject it.',
    el: 'Αυτό έχει ήδη ζητηθεί και περιμένει δεύτερο πρόσωπο. Φαίνεται στο GET /api/v1/approvals· ας το εγκρίνει ή ας το απορρίψει κάποιος άλλος.',
  },
  APPROVAL_OWN: {
    status: 403,
    en: 'You asked for this yourself. Let another administrator decide.',
    el: 'Το ζητήσατε εσείς. Ας αποφασίσει άλλος διαχειριστής.',
  },
  APPROVAL_ACCOUNT_NEW: {
    status: 403,
    en: 'Your account was opened, or its e-mail, role or activity was changed, within the last seven days, so it does not count as a person of its own yet. Let an administrator do this whose account has not changed for seven days, or do it then.',
    el: 'Ο λογαριασμός σας άνοιξε, ή άλλαξε το e-mail, ο ρόλος ή η κατάστασή του, μέσα στις τελευταίες επτά ημέρες και δεν μετρά ακόμη ως ξεχωριστό πρόσωπο. Ας το κάνει διαχειριστής του οποίου ο λογαριασμός δεν έχει αλλάξει για επτά ημέρες, ή κάντε το τότε.',
  },
  APPROVAL_DECIDED: {
    status: 409,
    en: 'This has been decided already. GET /api/v1/approvals shows how.',
    el: 'Έχει ήδη ληφθεί απόφαση. Φαίνεται στο GET /api/v1/approvals.',
  },
  APPROVAL_EXPIRED: {
    status: 409,
    en: 'Nobody decided within 24 hours, so this lapsed. Ask for it again.',
    el: 'Δεν αποφάσισε κανείς μέσα σε 24 ώρες και το αίτημα έληξε. Ζητήστε το ξανά.',
  },
  APPROVAL_ASKER_BARRED: {
    status: 409,
    en: 'Who asked for this may not do it any more. Reject it, and ask for it yourself if it is still to be done.',
    el: 'Όποιος το ζήτησε δεν έχει πια το δικαίωμα. Απορρίψτε το και ζητήστε το εσείς, αν πρέπει ακόμη να γίνει.',
  },
})

export const constraints = {
  'approval.operation, approval.subject': errors.APPROVAL_PENDING,
  approval_two_persons: errors.APPROVAL_OWN,
  approval_is_final: errors.APPROVAL_DECIDED,
  approval_lapsed: errors.APPROVAL_EXPIRED,
  approval_asker_barred: errors.APPROVAL_ASKER_BARRED,
  approval_is_kept: sharedErrors.INTERNAL_SERVER_ERROR,
  approval_input_json: sharedErrors.INTERNAL_SERVER_ERROR,
  approval_status_known: sharedErrors.INTERNAL_SERVER_ERROR,
  approval_decided_when: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
