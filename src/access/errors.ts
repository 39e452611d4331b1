import * as emailConfirmation from './email-confirmation/errors.ts'
import * as identity from './identity/errors.ts'
import * as invitation from './invitation/errors.ts'
import * as passwordReset from './password-reset/errors.ts'
import * as secondFactor from './second-factor/errors.ts'
import * as preference from './preference/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...identity.errors,
  ...emailConfirmation.errors,
  ...invitation.errors,
  ...passwordReset.errors,
  ...secondFactor.errors,
}
export const constraints = {
  ...identity.constraints,
  ...emailConfirmation.constraints,
  ...invitation.constraints,
  ...passwordReset.constraints,
  ...preference.constraints,
}
