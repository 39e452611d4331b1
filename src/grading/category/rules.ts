import { ApiError } from '#/platform/errors.ts'
import { weightTotal } from '#/engines/marks/index.ts'

/** What says that a section's categories exceed 100 percent, or its assessments that are in none. */
export type WeightCode = 'CATEGORY_WEIGHT_EXCEEDED' | 'WEIGHT_EXCEEDED'

/** Throws `code` when the total of the weights with one more exceeds 100 percent. */
export function requireRoom(code: WeightCode, weights: readonly number[], weight: number) {
  const { text, isWritable } = weightTotal([...weights, weight].map(String))
  if (!isWritable) throw new ApiError(code, { total: text })
}
