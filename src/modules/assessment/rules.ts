import { ApiError } from '../../errors.ts'
import { weightTotal } from '../grading/index.ts'

/** Throws when the total with one more weight exceeds 100 percent. */
export function requireRoomForWeight(weights: readonly number[], weight: number) {
  const { text, isWritable } = weightTotal([...weights, weight].map(String))
  if (!isWritable) throw new ApiError('WEIGHT_EXCEEDED', { total: text })
}

export type ScoreState = 'graded' | 'missing' | 'excused' | 'exempt' | 'banked'

/** Throws when a score does not fit its assessment or its state. */
export function requireFittingScore(
  given: { score: number | null; state: ScoreState },
  { max_score }: { max_score: number },
) {
  const needsNumber = given.state === 'graded' || given.state === 'banked'
  if ((given.score !== null) !== needsNumber) throw new ApiError('SCORE_STATE_MISMATCH')
  if (given.score !== null && given.score > max_score)
    throw new ApiError('SCORE_EXCEEDS_MAX', { score: given.score, max_score })
}
