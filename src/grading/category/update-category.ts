import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { sayCurrentTotal } from './current-total.ts'
import { categoryEntity, findCategoryWeights, looseAmong } from './queries.ts'
import { requireRoom, warnedOfLoose } from './rules.ts'
import type { CategoryChanges } from './schema.ts'
import { errors } from './errors.ts'

/** Changes a category; it stays in its section and of its kind. */
export async function updateCategory(ctx: Context, id: number, changes: z.output<typeof CategoryChanges>) {
  const category = await find(ctx, categoryEntity, id)
  if (changes.section_id !== undefined && changes.section_id !== category.section_id)
    throw new ApiError(errors.CATEGORY_SECTION_FIXED)
  if (changes.kind !== undefined && changes.kind !== category.kind) throw new ApiError(errors.CATEGORY_KIND_FIXED)
  const { weight = category.weight } = changes
  if (weight !== category.weight) {
    const { weights } = await findCategoryWeights(ctx, category.section_id, id)
    requireRoom(errors.CATEGORY_WEIGHT_EXCEEDED, weights, weight)
  }
  const asks = looseAmong(ctx, category.section_id)
  const updated = await update(ctx, categoryEntity, category, changes, { asks }).catch(sayCurrentTotal(ctx, id))
  return warnedOfLoose(updated, ctx)
}
