import type { Context } from '#/platform/context.ts'
import { find } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { studentEntity } from '#/people/student/index.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'

/** Why there are no figures of a student in a section: throws STUDENT_NOT_FOUND, or NOT_ENROLLED of one whom the caller may see. */
export async function refuseWithoutSeat(ctx: Context, student_id: number): Promise<never> {
  await find(ctx, studentEntity, student_id)
  throw new ApiError(assessmentErrors.NOT_ENROLLED, { student_id })
}
