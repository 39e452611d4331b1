import type * as z from 'zod'
import { dayOf } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { enrollmentEntity } from '#/enrolling/enrollment/index.ts'
import { dropEnrollment } from './drop-enrollment.ts'
import type { Days } from './end-enrollment.ts'
import type { EnrollmentChanges } from '#/enrolling/enrollment/schema.ts'
import { withdrawEnrollment } from './withdraw-enrollment.ts'

type Changes = z.output<typeof EnrollmentChanges>

/** Of an enrollment the status changes, by the rules of dropping and withdrawing, and the days in the section. */
export function changeEnrollment(ctx: Context, id: number, { status, reason, ...given }: Changes) {
  const days = Object.fromEntries(Object.entries(given).filter(([, day]) => day !== undefined)) as Days
  if (status === undefined) return setMembership(ctx, id, days, reason)
  return status === 'dropped' ? dropEnrollment(ctx, id, reason, days) : withdrawEnrollment(ctx, id, reason, days)
}

/** A seat that has ended has a last day: that of its end where none is given. */
async function setMembership(ctx: Context, id: number, days: Days, reason: string | undefined) {
  const enrollment = await find(ctx, enrollmentEntity, id)
  const hasLeft = enrollment.status !== 'enrolled' && enrollment.status !== 'completed'
  const last = hasLeft && days.member_until === null ? { member_until: dayOf(ctx.settings, enrollment.ended_at!) } : {}
  return update(ctx, enrollmentEntity, enrollment, { ...days, ...last }, { reason })
}
