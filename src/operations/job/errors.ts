import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  JOB_NOT_FOUND: {
    status: 404,
    en: 'There is no job named {job}. GET /api/v1/jobs lists them all.',
    el: 'Δεν υπάρχει εργασία με όνομα {job}. Όλες αναφέρονται στο GET /api/v1/jobs.',
  },
  JOB_UNDER_WAY: {
    status: 409,
    en: 'This job is running right now. Look at GET /api/v1/jobs and try again when it has ended.',
    el: 'Η εργασία εκτελείται αυτή τη στιγμή. Δείτε το GET /api/v1/jobs και δοκιμάστε ξανά όταν τελειώσει.',
  },
})

export const constraints = {
  job_under_way: errors.JOB_UNDER_WAY,
  job_run_outcome_known: sharedErrors.INTERNAL_SERVER_ERROR,
  job_run_finished_has_outcome: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
