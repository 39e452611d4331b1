import { isStale } from './stale.ts'
import { ApiError, type ErrorCode } from '#/platform/errors.ts'

/** For a write that uses up a code: when somebody else was quicker with it, it is as good as wrong. */
export const onceOnly =
  (code: ErrorCode) =>
  (error: unknown): never => {
    throw isStale(error) ? new ApiError(code) : error
  }
