import { ApiError } from '#/platform/errors.ts'
import { endNotes, enrollmentErrors, type EnrollmentRow } from '#/enrolling/enrollment/index.ts'
import { errors, lastDayToDrop, leavingWithW } from './errors.ts'

type Seat = Pick<EnrollmentRow, 'id' | 'status' | 'drop_deadline' | 'withdraw_deadline'>

/** What ends a seat today, a calendar date where the institution is: until the drop deadline it leaves no trace. */
export const endingOn = (today: string, { drop_deadline }: Pick<Seat, 'drop_deadline'>) =>
  drop_deadline === null || today <= drop_deadline ? 'dropped' : 'withdrawn'

/** Why a seat cannot be dropped today; undefined when it can. */
export function dropRefusal(seat: Seat, today: string): ApiError | undefined {
  const { id, drop_deadline, withdraw_deadline } = seat
  if (endingOn(today, seat) === 'dropped') return undefined
  const isLate = withdraw_deadline !== null && today > withdraw_deadline
  return new ApiError(errors.DROP_DEADLINE_PASSED, { drop_deadline, next: leavingWithW(id, isLate) })
}

/** Why a seat cannot be withdrawn from today; undefined when it can. `mayBeLate` lifts the withdraw deadline. */
export function withdrawRefusal(
  seat: Seat,
  today: string,
  { mayBeLate }: { mayBeLate: boolean },
): ApiError | undefined {
  const { id, drop_deadline, withdraw_deadline } = seat
  if (endingOn(today, seat) === 'dropped')
    return new ApiError(errors.DROP_INSTEAD, { last: lastDayToDrop(drop_deadline), id })
  if (withdraw_deadline !== null && today > withdraw_deadline && !mayBeLate)
    return new ApiError(errors.WITHDRAW_DEADLINE_PASSED, { withdraw_deadline })
  return undefined
}

/** ENROLLMENT_ENDED when the student has the seat no more. */
export function endedRefusal({ status }: Pick<Seat, 'status'>): ApiError | undefined {
  if (status === 'enrolled') return undefined
  return new ApiError(enrollmentErrors.ENROLLMENT_ENDED, {
    status,
    next: status === 'completed' || status === 'transferred' ? endNotes[status] : endNotes.left,
  })
}
