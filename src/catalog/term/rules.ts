import { dayOf } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError, type Phrase } from '#/platform/errors.ts'
import { errors } from './errors.ts'

export interface Dates {
  start_date: string
  end_date: string
  enrollment_opens_at: string | null
  enrollment_closes_at: string | null
  drop_deadline: string | null
  withdraw_deadline: string | null
}

/** What may be wrong with the dates of a term, by the constraint that holds it: the field to correct, and what that is compared with. */
export const dateProblems = {
  term_dates_ordered: {
    field: 'end_date',
    against: ['start_date'],
    en: 'A term ends after it starts.',
    el: 'Το εξάμηνο λήγει μετά την έναρξή του.',
  },
  term_too_long: {
    field: 'end_date',
    against: ['start_date'],
    en: 'A term lasts 400 days at most, first and last day included.',
    el: 'Το εξάμηνο διαρκεί έως 400 ημέρες, μαζί με την πρώτη και την τελευταία.',
  },
  term_enrollment_window_ordered: {
    field: 'enrollment_closes_at',
    against: ['enrollment_opens_at'],
    en: 'Enrollment closes after it opens.',
    el: 'Οι εγγραφές κλείνουν αφού ανοίξουν.',
  },
  term_opens_after_end: {
    field: 'enrollment_opens_at',
    against: ['end_date'],
    en: 'Enrollment opens by the last day of the term.',
    el: 'Οι εγγραφές ανοίγουν έως την τελευταία ημέρα του εξαμήνου.',
  },
  term_closes_after_end: {
    field: 'enrollment_closes_at',
    against: ['end_date'],
    en: 'Enrollment closes by the last day of the term.',
    el: 'Οι εγγραφές κλείνουν έως την τελευταία ημέρα του εξαμήνου.',
  },
  term_drop_deadline_outside: {
    field: 'drop_deadline',
    against: ['start_date', 'end_date'],
    en: 'The last day to drop lies inside the term.',
    el: 'Η τελευταία ημέρα διαγραφής βρίσκεται μέσα στο εξάμηνο.',
  },
  term_withdraw_deadline_outside: {
    field: 'withdraw_deadline',
    against: ['start_date', 'end_date'],
    en: 'The last day to withdraw lies inside the term.',
    el: 'Η τελευταία ημέρα αποχώρησης βρίσκεται μέσα στο εξάμηνο.',
  },
  term_deadlines_ordered: {
    field: 'withdraw_deadline',
    against: ['drop_deadline'],
    en: 'The last day to withdraw is not before the last day to drop.',
    el: 'Η τελευταία ημέρα αποχώρησης δεν είναι πριν από την τελευταία ημέρα διαγραφής.',
  },
} satisfies Record<string, Phrase & { field: keyof Dates; against: (keyof Dates)[] }>

/** The dates that a term has with these changes. */
export function datesOf(term: Dates, changes: { [Field in keyof Dates]?: Dates[Field] | undefined } = {}): Dates {
  const { start_date = term.start_date, end_date = term.end_date } = changes
  const { enrollment_opens_at = term.enrollment_opens_at, enrollment_closes_at = term.enrollment_closes_at } = changes
  const { drop_deadline = term.drop_deadline, withdraw_deadline = term.withdraw_deadline } = changes
  return { start_date, end_date, enrollment_opens_at, enrollment_closes_at, drop_deadline, withdraw_deadline }
}

/** Throws TERM_DATES_INVALID, which names each field that does not fit the others. */
export function requireSoundDates(dates: Dates, ctx: Pick<Context, 'language' | 'settings'>) {
  const broken = problemsOf(dates, (instant) => dayOf(ctx.settings, instant))
  if (broken.length === 0) return
  const found = broken.map((name) => {
    const { field, [ctx.language]: message } = dateProblems[name]
    return { in: 'body', path: field, code: name.toUpperCase(), message }
  })
  throw new ApiError(errors.TERM_DATES_INVALID, {}, { details: { errors: found } })
}

const dayMs = 24 * 60 * 60 * 1000
const longest = 400

/** All days are calendar dates where the institution is, which compare as text. What is not set breaks nothing. */
export function problemsOf(dates: Dates, localDay: (instant: string) => string): (keyof typeof dateProblems)[] {
  const { start_date, end_date, enrollment_opens_at: opens, enrollment_closes_at: closes } = dates
  const { drop_deadline: drop, withdraw_deadline: withdraw } = dates
  const isOutside = (day: string) => day < start_date || day > end_date
  const isAfterEnd = (instant: string) => localDay(instant) > end_date
  const broken = {
    term_dates_ordered: end_date <= start_date,
    term_too_long: (Date.parse(end_date) - Date.parse(start_date)) / dayMs >= longest,
    term_enrollment_window_ordered: opens !== null && closes !== null && closes <= opens,
    term_opens_after_end: opens !== null && isAfterEnd(opens),
    term_closes_after_end: closes !== null && isAfterEnd(closes),
    term_drop_deadline_outside: drop !== null && isOutside(drop),
    term_withdraw_deadline_outside: withdraw !== null && isOutside(withdraw),
    term_deadlines_ordered: drop !== null && withdraw !== null && withdraw < drop,
  } satisfies Record<keyof typeof dateProblems, boolean>
  return (Object.keys(broken) as (keyof typeof broken)[]).filter((name) => broken[name])
}
