import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, isChanged, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { looseAmong, requireRoom, warnedOfLoose } from '#/grading/category/index.ts'
import { sayCurrentTotal } from './current-total.ts'
import { assessmentEntity, findSectionWeights } from './queries.ts'
import { isOutside } from './rules.ts'
import type { AssessmentChanges } from './schema.ts'
import { errors } from './errors.ts'

/** Changes an assessment; it stays in its section. Releasing one this way works as well as the release endpoint. */
export async function updateAssessment(ctx: Context, id: number, changes: z.output<typeof AssessmentChanges>) {
  const assessment = await find(ctx, assessmentEntity, id)
  if (changes.section_id !== undefined && changes.section_id !== assessment.section_id)
    throw new ApiError(errors.ASSESSMENT_SECTION_FIXED)
  const { category_id = assessment.category_id, weight = assessment.weight } = changes
  if (category_id === null && isChanged(assessment, { category_id, weight })) {
    const { weights } = await findSectionWeights(ctx, assessment.section_id, id)
    requireRoom(errors.WEIGHT_EXCEEDED, weights, weight)
  }
  const asks = looseAmong(ctx, assessment.section_id)
  const updated = await update(ctx, assessmentEntity, assessment, changes, { asks }).catch(sayCurrentTotal(ctx, id))
  return warnedOfLoose(updated, ctx, isOutside)
}
