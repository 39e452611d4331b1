import type { Context } from '#/platform/context.ts'
import { update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { seatFreed } from './events.ts'
import { enrollmentEntity, type EnrollmentRow } from './queries.ts'
import { errors } from './errors.ts'

/** Throws ENROLLMENT_ENDED unless the student still has the seat. */
export function requireSeat({ status }: EnrollmentRow) {
  if (status !== 'enrolled') throw new ApiError(errors.ENROLLMENT_ENDED, { status })
}

/** Gives the seat back. Run it within `settle`: the seat may go to somebody in the same write. */
export const endEnrollment = (
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
    { events: [seatFreed({ section_id: enrollment.section_id })], reason },
  )
