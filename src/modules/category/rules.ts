import { ApiError } from '../../errors.ts'
import { weightTotal } from '../grading/index.ts'

/** Throws when the categories of a section with one more of this weight exceed 100 percent. */
export function requireRoomForCategory(weights: readonly number[], weight: number) {
  const { text, isWritable } = weightTotal([...weights, weight].map(String))
  if (!isWritable) throw new ApiError('CATEGORY_WEIGHT_EXCEEDED', { total: text })
}
