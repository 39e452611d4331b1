import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** Whether somebody with this status is away from the studies, for a time or for good. A suspended student keeps the seats. */
export const hasLeft = (status: string) => status === 'on_leave' || status === 'withdrawn'

/** Nobody enrolls in the future. Both are calendar dates where the institution is. */
export function requirePastDate(enrollment_date: string, today: string) {
  if (enrollment_date > today) throw new ApiError(errors.ENROLLMENT_DATE_IN_FUTURE, { enrollment_date })
}
