import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

type Status = 'pending' | 'approved' | 'rejected' | 'completed' | 'cancelled'

/** What the registry may decide. Cancelling is not among it: that is taking back one's own request. */
const next: Record<Status, readonly Status[]> = {
  pending: ['approved', 'rejected'],
  approved: ['completed'],
  rejected: [],
  completed: [],
  cancelled: [],
}

export function requireDecision(status: Status, wanted: Status) {
  if (!next[status].includes(wanted)) throw refused(status, wanted)
}

export function requireCancellable(status: Status) {
  if (status !== 'pending') throw refused(status, 'cancelled')
}

function refused(status: Status, wanted: Status): ApiError {
  const allowed = next[status]
  return new ApiError(
    errors.REQUEST_TRANSITION_REFUSED,
    { status, wanted, allowed: allowed.join(', ') || '-' },
    { details: { status, allowed } },
  )
}
