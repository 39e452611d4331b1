import type { Context } from '#/platform/context.ts'
import { update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { endedMembership } from '#/enrolling/seat/index.ts'
import {
  enrollmentEntity,
  enrollmentErrors,
  type EnrollmentRow,
  isGraded,
  seatFreed,
} from '#/enrolling/enrollment/index.ts'

/** Throws ENROLLMENT_GRADED when the result of the seat is official, because then no other advice would help; else the refusal. */
export async function refuse(ctx: Context, enrollment: EnrollmentRow, refusal: ApiError): Promise<never> {
  throw (await isGraded(ctx, enrollment)) ? new ApiError(enrollmentErrors.ENROLLMENT_GRADED) : refusal
}

/** What the registry says of the days in the section. */
export type Days = Partial<Pick<EnrollmentRow, 'member_from' | 'member_until'>>

/** Gives the seat back. Run it within `settle`: the seat may go to somebody in the same write. */
export const endEnrollment = (
  ctx: Context,
  enrollment: EnrollmentRow,
  status: 'dropped' | 'withdrawn',
  reason?: string,
  days: Days = {},
) =>
  update(
    ctx,
    enrollmentEntity,
    enrollment,
    { status, ended_at: ctx.now, ...endedMembership(ctx, { ...enrollment, ...days }) },
    { events: [seatFreed({ section_id: enrollment.section_id })], reason },
  )
