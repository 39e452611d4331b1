import type { Context } from '#/platform/context.ts'
import { update } from '#/platform/database/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { promotion } from '#/enrolling/waitlist/index.ts'
import { enrollmentEntity, type EnrollmentRow } from './queries.ts'
import { errors } from './errors.ts'

/** Throws ENROLLMENT_ENDED unless the student still has the seat. */
export function requireSeat({ status }: EnrollmentRow) {
  if (status !== 'enrolled') throw new ApiError(errors.ENROLLMENT_ENDED, { status })
}

/** Gives the seat back; in the same write it goes to the first on the waitlist who may have it. */
export const endEnrollment = async (
  ctx: Context,
  enrollment: EnrollmentRow,
  status: 'dropped' | 'withdrawn',
  reason?: string,
) =>
  update(
    ctx,
    enrollmentEntity,
    enrollment,
    { status, ended_at: ctx.now },
    { ...(await promotion(ctx, enrollment.section_id)), reason },
  )
