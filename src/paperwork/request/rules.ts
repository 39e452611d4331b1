import { ApiError, statesInText } from '#/platform/errors.ts'
import { errors } from './errors.ts'
import type { RequestState } from '#/platform/words.ts'

/** What the registry may decide. Cancelling is not among it: that is taking back one's own request. */
const next: Record<RequestState, readonly RequestState[]> = {
  pending: ['approved', 'rejected'],
  approved: ['completed'],
  rejected: [],
  completed: [],
  cancelled: [],
}

export function requireDecision(status: RequestState, wanted: RequestState) {
  if (!next[status].includes(wanted)) throw refused(status, wanted)
}

export function requireCancellable(status: RequestState) {
  if (status !== 'pending') throw refused(status, 'cancelled')
}

function refused(status: RequestState, wanted: RequestState): ApiError {
  const allowed = next[status]
  return new ApiError(
    errors.REQUEST_TRANSITION_REFUSED,
    { status, wanted, allowed: statesInText(allowed) },
    { details: { status, allowed } },
  )
}
