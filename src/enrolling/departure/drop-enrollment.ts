import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { type Days, endEnrollment, refuse, settleEnd } from './end-enrollment.ts'
import type { EnrollmentRow } from '#/enrolling/enrollment/index.ts'
import { dropRefusal, endedRefusal } from './rules.ts'

/** Gives a seat back before the drop deadline. The row stays as history; enrolling again makes a new one. */
export const dropEnrollment = (ctx: Context, id: number, reason?: string, days?: Days, read?: EnrollmentRow) =>
  settleEnd(ctx, id, read, async (enrollment) => {
    const refusal = endedRefusal(enrollment) ?? dropRefusal(enrollment, localDate(ctx))
    if (refusal) return refuse(ctx, enrollment, refusal)
    return endEnrollment(ctx, enrollment, 'dropped', reason, days)
  })
