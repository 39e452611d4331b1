import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** The states of somebody who is away from the studies, for a time or for good. A suspended student keeps the seats. */
export const awayStates: readonly string[] = ['on_leave', 'withdrawn', 'removed']
export const hasLeft = (status: string) => awayStates.includes(status)

/** Nobody enrolls in the future. Both are calendar dates where the institution is. */
export const isFuture = (enrollment_date: string, today: string) => enrollment_date > today

export function requirePastDate(enrollment_date: string, today: string) {
  if (isFuture(enrollment_date, today)) throw new ApiError(errors.ENROLLMENT_DATE_IN_FUTURE, { enrollment_date })
}

/** Born since 1900, and twelve years before that day. */
export const isPossibleBirth = (date_of_birth: string, day: string) =>
  date_of_birth >= '1900-01-01' && date_of_birth <= `${Number(day.slice(0, 4)) - 12}${day.slice(4)}`

/**
 * Somebody who could be enrolled today. Of students the triggers `student_birth_possible` demand it on the
 * day of their enrollment. Throws BIRTH_DATE_UNLIKELY.
 */
export function requirePossibleBirth(date_of_birth: string, today: string) {
  if (!isPossibleBirth(date_of_birth, today)) throw new ApiError(errors.BIRTH_DATE_UNLIKELY)
}
