import * as emailConfirmation from './email-confirmation/errors.ts'
import * as identity from './identity/errors.ts'
import * as mailedToken from './mailed-token/errors.ts'
import * as secondFactor from './second-factor/errors.ts'
import * as preference from './preference/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...identity.errors,
  ...emailConfirmation.errors,
  ...mailedToken.errors,
  ...secondFactor.errors,
}
export const constraints = {
  ...identity.constraints,
  ...emailConfirmation.constraints,
  ...mailedToken.constraints,
  ...preference.constraints,
}
