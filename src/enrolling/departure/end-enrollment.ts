import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
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

/**
 * Decides about a seat and runs it within `settle`. A seat that was `read` before is read anew only when somebody else was faster.
 */
export function settleEnd(
  ctx: Context,
  id: number,
  read: EnrollmentRow | undefined,
  decide: (enrollment: EnrollmentRow) => Promise<EnrollmentRow>,
): Promise<EnrollmentRow> {
  let known = read
  return settle(async () => {
    const enrollment = known ?? (await find(ctx, enrollmentEntity, id))
    known = undefined
    return decide(enrollment)
  })
}

/** What the registry says of the days in the section. */
export type Days = Partial<Pick<EnrollmentRow, 'member_from' | 'member_until'>>

/** Gives the seat back. Run it within `settleEnd`: the seat may go to somebody in the same write. */
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
