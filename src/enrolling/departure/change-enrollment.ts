import type * as z from 'zod'
import { dayOf } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { enrollmentEntity, type EnrollmentRow } from '#/enrolling/enrollment/index.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { dropEnrollment } from './drop-enrollment.ts'
import type { Days } from './end-enrollment.ts'
import type { EnrollmentChanges } from '#/enrolling/enrollment/schema.ts'
import { withdrawEnrollment } from './withdraw-enrollment.ts'

type Changes = z.output<typeof EnrollmentChanges>

/** Of an enrollment the status changes, by the rules of dropping and withdrawing, and the days in the section. Its present status is no change. */
export async function changeEnrollment(ctx: Context, id: number, { status, reason, ...given }: Changes) {
  const days = Object.fromEntries(Object.entries(given).filter(([, day]) => day !== undefined)) as Days
  const enrollment = await find(ctx, enrollmentEntity, id)
  if (status === undefined || status === enrollment.status) return setMembership(ctx, enrollment, days, reason)
  if (status === 'dropped') return dropEnrollment(ctx, id, reason, days)
  if (status === 'withdrawn') return withdrawEnrollment(ctx, id, reason, days)
  throw refused([{ in: 'body', path: 'status', code: 'not_one_of', message: endings[ctx.language] }])
}

const endings = {
  en: 'becomes only dropped or withdrawn here',
  el: 'αλλάζει εδώ μόνο σε dropped ή withdrawn',
}

/** A seat that has ended has a last day: that of its end where none is given. */
async function setMembership(ctx: Context, enrollment: EnrollmentRow, days: Days, reason: string | undefined) {
  const hasLeft = enrollment.status !== 'enrolled' && enrollment.status !== 'completed'
  const last = hasLeft && days.member_until === null ? { member_until: dayOf(ctx.settings, enrollment.ended_at!) } : {}
  return update(ctx, enrollmentEntity, enrollment, { ...days, ...last }, { reason })
}
