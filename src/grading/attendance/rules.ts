import type { attendanceStates } from '#/platform/words.ts'
import { ApiError } from '#/platform/errors.ts'
import { compare, exact, format, percent } from '#/engines/marks/index.ts'
import { errors } from './errors.ts'

export type AttendanceStatus = (typeof attendanceStates)[number]
export type Tally = Record<AttendanceStatus, number>

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

/** Counts with what follows from them. The threshold is compared with the unrounded percentage; exactly the threshold is enough. */
export function figuresOf(tally: Tally, threshold: string) {
  const records = tally.present + tally.absent + tally.late + tally.excused
  const percentage = percent(tally.present, records)
  return {
    ...tally,
    records,
    percentage: Number(format(percentage, 2)),
    eligible: compare(percentage, exact(threshold)) >= 0,
  }
}
