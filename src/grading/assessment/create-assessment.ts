import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { looseAmong, requireRoom, roomLeft, warnedOfLoose } from '#/grading/category/index.ts'
import { sayCurrentTotal } from './current-total.ts'
import { assessmentEntity, findSectionWeights } from './queries.ts'
import { isOutside } from './rules.ts'
import type { AssessmentInput } from './schema.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'

/** Adds an assessment to a section the caller keeps. Outside of categories the weights never total more than 100. */
export async function createAssessment(ctx: Context, input: z.output<typeof AssessmentInput>) {
  const { section, weights } = await findSectionWeights(ctx, input.section_id)
  if (!section) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: input.section_id })
  const isLoose = input.category_id === null
  const { weight = isLoose ? roomLeft(weights) : 100 } = input
  if (isLoose) requireRoom(errors.WEIGHT_EXCEEDED, weights, weight)
  const asks = looseAmong(ctx, input.section_id)
  const made = await insert(ctx, assessmentEntity, { ...input, weight }, { asks }).catch(sayCurrentTotal(ctx))
  return warnedOfLoose(made, ctx, isOutside)
}
