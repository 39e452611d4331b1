import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { type Carried, findCounting } from './score-queries.ts'

/**
 * Throws SCORE_CARRIED, with the place where it counts, for a score that a transfer took along: the one that stayed behind is closed unless
 * its student sits in the section again. The database holds that.
 */
export async function requireNotCarried(ctx: Context, score: Carried) {
  if (score.carried_to === null) return
  const counting = await findCounting(ctx, score)
  if (counting) throw new ApiError(assessmentErrors.SCORE_CARRIED, counting)
}
