import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { type Days, endEnrollment, refuse, settleEnd } from './end-enrollment.ts'
import type { EnrollmentRow } from '#/enrolling/enrollment/index.ts'
import { endedRefusal, withdrawRefusal } from './rules.ts'

/**
 * Gives a seat back between the drop deadline and the withdraw deadline; the result will be a W. Later only the registry may, and says why.
 */
export const withdrawEnrollment = (ctx: Context, id: number, reason?: string, days?: Days, read?: EnrollmentRow) =>
  settleEnd(ctx, id, read, async (enrollment) => {
    const mayBeLate = ctx.reach === 'any' && reason !== undefined
    const refusal = endedRefusal(enrollment) ?? withdrawRefusal(enrollment, localDate(ctx), { mayBeLate })
    if (refusal) return refuse(ctx, enrollment, refusal)
    return endEnrollment(ctx, enrollment, 'withdrawn', reason, days)
  })
