import { ApiError } from '#/platform/errors.ts'
import type { ScoreState } from '#/platform/words.ts'
import { errors } from './errors.ts'

/** Throws when a score does not fit its assessment or its state. */
export function requireFittingScore(
  given: { score: number | null; state: ScoreState },
  { max_score }: { max_score: number },
) {
  const needsNumber = given.state === 'graded' || given.state === 'banked'
  if ((given.score !== null) !== needsNumber) throw new ApiError(errors.SCORE_STATE_MISMATCH)
  if (given.score !== null && given.score > max_score)
    throw new ApiError(errors.SCORE_EXCEEDS_MAX, { score: given.score, max_score })
}

/** Whether it is in no category. */
export const isOutside = ({ category_id }: { category_id: number | null }) => category_id === null
