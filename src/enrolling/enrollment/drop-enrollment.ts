import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { endEnrollment, requireSeat } from './end-enrollment.ts'
import { enrollmentEntity } from './queries.ts'
import { errors } from './errors.ts'

/** Gives a seat back before the drop deadline. The row stays as history; enrolling again makes a new one. */
export const dropEnrollment = (ctx: Context, id: number, reason?: string) =>
  settle(async () => {
    const enrollment = await find(ctx, enrollmentEntity, id)
    requireSeat(enrollment)
    const { drop_deadline } = enrollment
    if (drop_deadline !== null && localDate(ctx) > drop_deadline)
      throw new ApiError(errors.DROP_DEADLINE_PASSED, { drop_deadline, id })
    return endEnrollment(ctx, enrollment, 'dropped', reason)
  })
