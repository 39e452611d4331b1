import type * as z from 'zod'
import { dayOf } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { fits, type Rule } from '#/platform/database/rule/rule.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { enrollmentEntity, enrollmentErrors, type EnrollmentRow } from '#/enrolling/enrollment/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Language } from '#/platform/words.ts'
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
  throw refused([{ in: 'body', path: 'status', code: endings.code, message: endings[ctx.language] }])
}

type Term = Pick<EnrollmentRow, 'term_start' | 'term_end'>
const isOutside = (day: string | null | undefined, { term_start, term_end }: Term) =>
  Boolean(day) && (day! < term_start || day! > term_end)

/** Days that are as they were stay, also those of before that lie elsewhere. Throws VALIDATION_ERROR, which names each field. */
function requireDaysOfTerm({ language }: Context, enrollment: EnrollmentRow, days: Days) {
  const outside = daysOfSeat.filter((field) => days[field] !== enrollment[field] && isOutside(days[field], enrollment))
  if (outside.length === 0) return
  throw refused(outside.map((path) => ({ in: 'body', path, ...outsideTerm(enrollment, language) })))
}

const daysOfSeat = ['member_from', 'member_until'] as const
const outsideTerm = ({ term_start: start, term_end: end }: Term, language: Language) => ({
  code: 'invalid',
  message: {
    en: `must be a day of the term, from ${start} to ${end}`,
    el: `πρέπει να είναι ημέρα του εξαμήνου, από ${start} έως ${end}`,
  }[language],
})

const endings = {
  code: 'not_one_of',
  en: 'becomes only dropped or withdrawn here',
  el: 'αλλάζει εδώ μόνο σε dropped ή withdrawn',
}

/** What a change is refused for, whatever the seat's state. */
export const changeRules: readonly Rule[] = [
  ...daysOfSeat.map((field) =>
    fits(sharedErrors.VALIDATION_ERROR, [field], (row, { ctx }) => {
      const enrollment = row as unknown as EnrollmentRow
      return isOutside(enrollment[field], enrollment) ? [outsideTerm(enrollment, ctx.language)] : []
    }),
  ),
  fits(enrollmentErrors.MEMBERSHIP_ENDS_BEFORE_START, ['member_until', 'member_from'], (row) => {
    const enrollment = row as unknown as EnrollmentRow
    const [from, until] = daysOfSeat.map((field) => enrollment[field])
    return Boolean(from) && Boolean(until) && until! < from! && ![from, until].some((day) => isOutside(day, enrollment))
  }),
  fits(sharedErrors.VALIDATION_ERROR, ['status'], ({ status }) => status !== 'dropped' && status !== 'withdrawn', {
    says: endings,
  }),
]

/** A seat that has ended has a last day: that of its end where none is given. */
async function setMembership(ctx: Context, enrollment: EnrollmentRow, days: Days, reason: string | undefined) {
  const hasLeft = enrollment.status !== 'enrolled' && enrollment.status !== 'completed'
  const last = hasLeft && days.member_until === null ? { member_until: dayOf(ctx.settings, enrollment.ended_at!) } : {}
  return update(ctx, enrollmentEntity, enrollment, { ...days, ...last }, { reason })
}
