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
  requireDaysOfTerm(ctx, enrollment, days)
  if (status === undefined || status === enrollment.status) return setMembership(ctx, enrollment, days, reason)
  if (status === 'dropped') return dropEnrollment(ctx, id, reason, days, enrollment)
  if (status === 'withdrawn') return withdrawEnrollment(ctx, id, reason, days, enrollment)
  throw refused([{ in: 'body', path: 'status', code: 'not_one_of', message: endings[ctx.language] }])
}

/** Days that are as they were stay, also those of before that lie elsewhere. Throws VALIDATION_ERROR, which names each field. */
function requireDaysOfTerm({ language }: Context, enrollment: EnrollmentRow, days: Days) {
  const { term_start: start, term_end: end } = enrollment
  const outside = (['member_from', 'member_until'] as const).filter((field) => {
    const day = days[field]
    return day && day !== enrollment[field] && (day < start || day > end)
  })
  if (outside.length === 0) return
  const message = {
    en: `must be a day of the term, from ${start} to ${end}`,
    el: `πρέπει να είναι ημέρα του εξαμήνου, από ${start} έως ${end}`,
  }[language]
  throw refused(outside.map((path) => ({ in: 'body', path, code: 'invalid', message })))
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
