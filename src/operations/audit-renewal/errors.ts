import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  AUDIT_CHAIN_NOT_FOUND: {
    status: 404,
    en: 'No further chain has followed chain {chain} of the audit log. The one in force is checked by GET /api/v1/audit/verify.',
    el: 'Καμία νεότερη αλυσίδα δεν διαδέχθηκε την αλυσίδα {chain} του αρχείου ελέγχου. Αυτή που ισχύει ελέγχεται με GET /api/v1/audit/verify.',
  },
})
