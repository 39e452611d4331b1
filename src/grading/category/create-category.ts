import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { sayCurrentTotal } from './current-total.ts'
import { categoryEntity, findCategoryWeights, looseAmong } from './queries.ts'
import { requireRoom, roomLeft, warnedOfLoose } from './rules.ts'
import type { CategoryInput } from './schema.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'

/** Adds a category to a section the caller keeps. From the first one on the categories weigh the section. */
export async function createCategory(ctx: Context, input: z.output<typeof CategoryInput>) {
  const { section, weights } = await findCategoryWeights(ctx, input.section_id)
  if (!section) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: input.section_id })
  const { weight = roomLeft(weights) } = input
  requireRoom(errors.CATEGORY_WEIGHT_EXCEEDED, weights, weight)
  const asks = looseAmong(ctx, input.section_id)
  const made = await insert(ctx, categoryEntity, { ...input, weight }, { asks }).catch(sayCurrentTotal(ctx))
  return warnedOfLoose(made, ctx)
}
