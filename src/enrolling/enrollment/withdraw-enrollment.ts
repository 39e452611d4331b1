import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { endEnrollment, requireSeat } from './end-enrollment.ts'
import { enrollmentEntity } from './queries.ts'
import { errors } from './errors.ts'

/**
 * Gives a seat back between the drop deadline and the withdraw deadline; the result will be a W. Later only the registry may, and says why.
 */
export const withdrawEnrollment = (ctx: Context, id: number, reason?: string) =>
  settle(async () => {
    const enrollment = await find(ctx, enrollmentEntity, id)
    requireSeat(enrollment)
    const { drop_deadline, withdraw_deadline } = enrollment
    const today = localDate(ctx)
    if (drop_deadline === null || today <= drop_deadline)
      throw new ApiError(errors.DROP_INSTEAD, { drop_deadline: drop_deadline ?? '-', id })
    const mayBeLate = ctx.reach === 'any' && reason !== undefined
    if (withdraw_deadline !== null && today > withdraw_deadline && !mayBeLate)
      throw new ApiError(errors.WITHDRAW_DEADLINE_PASSED, { withdraw_deadline })
    return endEnrollment(ctx, enrollment, 'withdrawn', reason)
  })
