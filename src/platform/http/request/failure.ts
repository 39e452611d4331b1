import { HTTPException } from 'hono/http-exception'
import { isUnreachable } from '#/platform/database/steady/index.ts'
import { ApiError } from '#/platform/errors.ts'
import { describe, log } from '#/platform/log.ts'
import { errorResponse } from '#/platform/http/envelope.ts'
import { type AppContext, idsOf } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** Any thrown thing as an envelope. What is not meant for the caller becomes a 500 that says nothing; the log has it. */
export function failure(error: unknown, c: AppContext): Response {
  const state = c.get('state')
  const known = asApiError(error)
  if (!known) {
    log('error', 'unexpected_error', { route: state.route, ...idsOf(state), ...describe(error) })
  }
  return errorResponse(known ?? new ApiError(sharedErrors.INTERNAL_SERVER_ERROR), { ...state, path: c.req.path })
}

/** Hono's own refusals: a body that is not JSON or form data is the only one that reaches us. */
function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error
  if (isUnreachable(error)) return new ApiError(sharedErrors.DATABASE_UNREACHABLE)
  return error instanceof HTTPException && error.status === 400 ? new ApiError(sharedErrors.HTTP_400) : undefined
}
