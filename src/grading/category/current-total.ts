import type { Context } from '#/platform/context.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { findCategoryWeights } from './queries.ts'
import { requireRoom } from './rules.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'

type FindWeights = (ctx: Context, sectionId: number, except?: number) => Promise<{ weights: number[] }>

/**
 * For `.catch` after a write: when the database refuses the weight, which it does after a lost race, says the total as it is by now.
 * The refused row stands in the error's parameters; `except` is its id unless it is new.
 */
export const sayingCurrentTotal =
  (exceeded: DeclaredError, findWeights: FindWeights) =>
  (ctx: Context, except?: number) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof ApiError)) throw error
    const { section_id, weight } = error.params
    if (error.code === 'SECTION_NOT_FOUND') throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: section_id })
    if (error.declared === exceeded) {
      const { weights } = await findWeights(ctx, Number(section_id), except)
      requireRoom(exceeded, weights, Number(weight))
    }
    throw error
  }

export const sayCurrentTotal = sayingCurrentTotal(errors.CATEGORY_WEIGHT_EXCEEDED, findCategoryWeights)
