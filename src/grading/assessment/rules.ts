import { ApiError } from '#/platform/errors.ts'
import type { ScoreState } from '#/platform/words.ts'
import { errors } from './errors.ts'

/** Whether a score in this state is a figure. */
export const needsNumber = ({ state }: { state: ScoreState }) => state === 'graded' || state === 'banked'

/** Throws when a score does not fit its assessment or its state. */
export function requireFittingScore(
  given: { score: number | null; state: ScoreState },
  { max_score }: { max_score: number },
) {
  if ((given.score !== null) !== needsNumber(given)) throw new ApiError(errors.SCORE_STATE_MISMATCH)
  if (given.score !== null && given.score > max_score)
    throw new ApiError(errors.SCORE_EXCEEDS_MAX, { score: given.score, max_score })
}

/** Whether it is in no category. */
export const isOutside = ({ category_id }: { category_id: number | null }) => category_id === null
