import { ApiError, type ErrorCode } from '../../errors.ts'

/** For a write that uses up a code: when somebody else was quicker with it, it is as good as wrong. */
export const onceOnly =
  (code: ErrorCode) =>
  (error: unknown): never => {
    throw error instanceof ApiError && error.code === 'STALE_STATE' ? new ApiError(code) : error
  }
