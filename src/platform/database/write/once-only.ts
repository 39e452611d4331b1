import { isStale } from './stale.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'

/** For a write that uses up a code: when somebody else was quicker with it, it is as good as wrong. */
export const onceOnly =
  (refused: DeclaredError) =>
  (error: unknown): never => {
    throw isStale(error) ? new ApiError(refused) : error
  }
