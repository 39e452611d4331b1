import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const attempts = 5

/**
 * Runs a decision with its write. When another write came in between, the decision no longer holds: it is made again from what is there
 * now, a few times at most. `lost` are the errors that say so. Throws STALE_STATE when others are faster every time.
 */
export async function settle<Result>(
  decide: () => Promise<Result>,
  lost: readonly DeclaredError[] = [sharedErrors.STALE_STATE],
): Promise<Result> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return await decide()
    } catch (error) {
      if (!(error instanceof ApiError) || !lost.includes(error.declared)) throw error
    }
  }
  throw new ApiError(sharedErrors.STALE_STATE)
}
