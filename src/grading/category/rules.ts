import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { weightLeft, weightTotal } from '#/engines/marks/index.ts'

/** Throws `exceeded` when the total of the weights with one more exceeds 100 percent. */
export function requireRoom(exceeded: DeclaredError, weights: readonly number[], weight: number) {
  const { text, isWritable } = weightTotal([...weights, weight].map(String))
  if (!isWritable) throw new ApiError(exceeded, { total: text })
}

/** The weight that a new one has where none is given: what the others leave of 100 percent. */
export const roomLeft = (weights: readonly number[]) => Number(weightLeft(weights.map(String)))
