import * as z from 'zod'
import { line, exactlyOneOf } from '#/platform/fields.ts'
import { inCookie } from '#/access/session/index.ts'

const code = line(40).meta({ description: 'Six digits of the authenticator, or a recovery code.' })

export const CodeInput = z.strictObject({ code }).meta({ id: 'CodeInput' })
export const MfaLoginInput = z
  .strictObject({ mfa_token: line(1000), code, cookie: inCookie })
  .meta({ id: 'MfaLoginInput' })
const password = z.string().min(1).max(128)
export const DisableInput = z.strictObject({ password, code }).meta({ id: 'DisableInput' })

export const StepUpInput = exactlyOneOf(
  z.strictObject({
    code: code.optional(),
    password: password.optional().meta({ description: 'Of an account without a second factor.' }),
  }),
  ['code', 'password'],
).meta({ id: 'StepUpInput' })

export const TotpSetUp = z
  .object({
    secret: z.string().meta({ description: 'Base32, for typing in.' }),
    otpauth_uri: z.string(),
    qr_svg: z.string().meta({ description: 'The URI as a QR code.' }),
  })
  .meta({ id: 'TotpSetUp' })

export const RecoveryCodes = z
  .object({ recovery_codes: z.array(z.string()).meta({ description: 'Shown this once; each works once.' }) })
  .meta({ id: 'RecoveryCodes' })

export const FreshToken = z
  .object({ access_token: z.string(), token_type: z.literal('bearer'), expires_in: z.int() })
  .meta({ id: 'FreshToken' })
