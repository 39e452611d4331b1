import type { attendanceStates } from '#/platform/words.ts'
import { ApiError } from '#/platform/errors.ts'
import type { AttendanceRule } from '#/catalog/course/index.ts'
import { compare, type Exact, exact, format, HUNDRED, percent } from '#/engines/marks/index.ts'
import { errors } from './errors.ts'

export type AttendanceStatus = (typeof attendanceStates)[number]
interface Stay {
  member_from: string | null
  member_until: string | null
}

/** The refusal of a day on which somebody was in the section at none of these stays, the newest last; undefined where there is one, or no stay. */
export function outsideOf(stays: readonly Stay[], date: string, term: { start_date: string; end_date: string }) {
  const newest = stays.at(-1)
  const isWithin = ({ member_from, member_until }: Stay) =>
    date >= (member_from ?? '') && date <= (member_until ?? '9999')
  if (!newest || stays.some(isWithin)) return undefined
  const { member_from, member_until } = newest
  const days = { date, from: member_from ?? term.start_date, to: member_until ?? term.end_date }
  return new ApiError(errors.ATTENDANCE_OUTSIDE_MEMBERSHIP, days)
}

/** Records of days on which the student was in the section, by status; `outside` are those of other days. */
export type Tally = Record<AttendanceStatus | 'outside', number>
/** So many records alike. */
export interface Counted {
  status: AttendanceStatus
  /** 0 or 1: whether the student was in the section. */
  inside: number
  records: number
}

/** Nobody was there tomorrow. Both are calendar dates where the institution is. */
export function requirePastDay(date: string, today: string) {
  if (date > today) throw new ApiError(errors.ATTENDANCE_IN_FUTURE, { date })
}

/** The same, and not when the section was not taught. */
export function requireTaughtDate(date: string, today: string, term: { start_date: string; end_date: string }) {
  requirePastDay(date, today)
  const { start_date, end_date } = term
  if (date < start_date || date > end_date)
    throw new ApiError(errors.ATTENDANCE_OUTSIDE_TERM, { date, start_date, end_date })
}

export function tallyOf(counts: readonly Counted[]): Tally {
  const tally = { present: 0, absent: 0, late: 0, excused: 0, outside: 0 }
  for (const { status, inside, records } of counts) tally[inside === 1 ? status : 'outside'] += records
  return tally
}

/** The counts of several students together. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = tallyOf([])
  for (const tally of tallies) for (const what of Object.keys(sum) as (keyof Tally)[]) sum[what] += tally[what]
  return sum
}

/** How many absences the rule of the course sees, which is how many cost something. */
export const absencesOf = ({ absent, excused }: Tally, rule: AttendanceRule) =>
  absent + (rule.excused === 'absent' ? excused : 0)

/**
 * Counts with what follows from them by the rule of the course: (present + late x late_counts / 100) / counted. Who is excused from all of it was
 * there; without a record nobody was. The threshold is compared with the unrounded percentage; exactly the threshold is enough.
 */
export function figuresOf(tally: Tally, rule: AttendanceRule, threshold = String(rule.minimum)) {
  const records = recordsOf(tally)
  const percentage = percentageOf(tally, rule)
  return {
    ...tally,
    records,
    percentage: Number(format(percentage, 2)),
    eligible: records > 0 && compare(percentage, exact(threshold)) >= 0,
  }
}

/** The percentage that a category of attendance comes to, unrounded: as above, but null without a record, as nothing is graded then. */
export const gradedAttendance = (tally: Tally, rule: AttendanceRule): Exact | null =>
  recordsOf(tally) === 0 ? null : percentageOf(tally, rule)

const recordsOf = ({ present, absent, late, excused }: Tally) => present + absent + late + excused

/** Exact: as the rule has two decimals, a presence is 10,000 parts. */
function percentageOf({ present, absent, late, excused }: Tally, { late_counts, excused: as }: AttendanceRule) {
  const counted = present + absent + late + (as === 'left_out' ? 0 : excused)
  if (counted === 0 && excused > 0) return HUNDRED
  const there = 10_000 * (present + (as === 'present' ? excused : 0)) + Math.round(late_counts * 100) * late
  return percent(there, 10_000 * counted)
}
