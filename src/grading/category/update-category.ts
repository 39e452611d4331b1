import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { sayCurrentTotal } from './current-total.ts'
import { categoryEntity, findCategoryWeights } from './queries.ts'
import { requireRoom } from './rules.ts'
import type { CategoryChanges } from './schema.ts'
import { errors } from './errors.ts'

/** Changes a category; it stays in its section. */
export async function updateCategory(ctx: Context, id: number, changes: z.output<typeof CategoryChanges>) {
  const category = await find(ctx, categoryEntity, id)
  if (changes.section_id !== undefined && changes.section_id !== category.section_id)
    throw new ApiError(errors.CATEGORY_SECTION_FIXED)
  const { weights } = await findCategoryWeights(ctx, category.section_id, id)
  requireRoom(errors.CATEGORY_WEIGHT_EXCEEDED, weights, changes.weight ?? category.weight)
  return update(ctx, categoryEntity, category, changes).catch(sayCurrentTotal(ctx, id))
}
