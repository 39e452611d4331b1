import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** Nobody enrolls in the future. Both are calendar dates where the institution is. */
export function requirePastDate(enrollment_date: string, today: string) {
  if (enrollment_date > today) throw new ApiError(errors.ENROLLMENT_DATE_IN_FUTURE, { enrollment_date })
}
