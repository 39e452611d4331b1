import * as section from './section/errors.ts'
import * as hold from './hold/errors.ts'
import * as seat from './seat/errors.ts'
import * as enrollment from './enrollment/errors.ts'
import * as departure from './departure/errors.ts'
import * as unresolvedSeat from './unresolved-seat/errors.ts'
import * as turnstile from './turnstile/errors.ts'
import * as waitlist from './waitlist/errors.ts'
import * as override from './override/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...section.errors,
  ...hold.errors,
  ...seat.errors,
  ...enrollment.errors,
  ...departure.errors,
  ...unresolvedSeat.errors,
  ...turnstile.errors,
  ...waitlist.errors,
  ...override.errors,
}
export const constraints = {
  ...section.constraints,
  ...hold.constraints,
  ...seat.constraints,
  ...enrollment.constraints,
  ...waitlist.constraints,
  ...override.constraints,
}
