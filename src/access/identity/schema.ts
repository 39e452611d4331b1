import * as z from 'zod'
import { email, id, instant, lifecycle, line, optional, patchOf } from '#/platform/fields.ts'
import { accountRoles, languages, tiers } from '#/platform/words.ts'

export const Account = z
  .object({
    id,
    email: z.string(),
    full_name: z.string(),
    role: z.enum(accountRoles),
    tier: z.enum(tiers),
    language: z.enum(languages),
    student_id: id.nullable(),
  })
  .meta({ id: 'Account' })

/** Any text is taken: the rules for new passwords must not tell apart old ones. */
const presentedPassword = z.string().min(1).max(128)

/** Of a new password; the rules judge it, so that all that is wrong is said at once. */
export const newPassword = z.string().meta({
  description:
    '8 to 128 characters; upper and lower case, a digit, a special character, no whitespace; no common password and no name of the holder or the institution, with or without digits around it.',
})

export const Registration = z
  .strictObject({ email, password: newPassword, full_name: line(200) })
  .meta({ id: 'Registration' })

export const inCookie = z.boolean().default(false).meta({
  description:
    'For browsers: keep the refresh token in a cookie, which no script can read, and leave it out of the answer.',
})

export const LoginInput = z
  .strictObject({ email, password: presentedPassword, cookie: inCookie })
  .meta({ id: 'LoginInput' })

/** RFC 6749 section 4.3; `scope` and the client fields are read and ignored, as there is one client. */
export const PasswordGrant = z
  .strictObject({
    grant_type: z.literal('password'),
    username: email,
    password: presentedPassword,
    scope: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  })
  .meta({ id: 'PasswordGrant' })

export const RefreshInput = z
  .strictObject({
    refresh_token: line(200).optional().meta({ description: 'Default: the one in the cookie.' }),
    cookie: inCookie,
  })
  .meta({ id: 'RefreshInput' })

const tokens = {
  access_token: z.string(),
  token_type: z.literal('bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
  refresh_token: z.string(),
}

export const Tokens = z.object(tokens).meta({ id: 'Tokens' })
export const SignedIn = z
  .object({
    ...tokens,
    refresh_token: z.string().optional().meta({ description: 'Absent when it is in the cookie.' }),
    user: Account,
  })
  .meta({ id: 'SignedIn' })

const userFields = {
  email,
  full_name: line(200),
  role: z.enum(accountRoles),
  tier: z
    .enum(['free', 'pro', 'enterprise'])
    .default('free')
    .meta({ description: 'How much the account may ask for.' }),
  language: z.enum(languages).default('en'),
  is_active: z.boolean().default(true),
  student_id: optional(id).meta({ description: 'The student behind a student-role account.' }),
}

export const UserInput = z.strictObject({ ...userFields, password: newPassword }).meta({ id: 'UserInput' })
/** Without the password, which is its holder's alone. */
export const UserReplacement = z.strictObject(userFields).meta({ id: 'UserReplacement' })
export const UserChanges = patchOf(UserReplacement).meta({ id: 'UserChanges' })
export const User = z.object({ id, ...userFields, email: z.string(), ...lifecycle }).meta({ id: 'User' })

export const Sessions = z
  .object({
    sessions: z.array(
      z.object({
        id: z.string(),
        created_at: instant,
        last_used_at: instant.meta({ description: 'When its tokens were last renewed.' }),
        ends_at: instant.meta({ description: 'When it is over, however often its tokens are renewed.' }),
        ip: z.string().nullable(),
        user_agent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Sessions' })

export const RevokedSessions = z.object({ revoked: z.int() }).meta({ id: 'RevokedSessions' })

export const PasswordChange = z
  .strictObject({ current_password: presentedPassword, new_password: newPassword })
  .meta({ id: 'PasswordChange' })

export const MfaRequired = z
  .object({
    mfa_required: z.literal(true),
    mfa_token: z.string().meta({ description: 'For `POST /auth/mfa/login`, within five minutes.' }),
  })
  .meta({ id: 'MfaRequired' })

export type Account = z.output<typeof Account>
export type SignedIn = z.output<typeof SignedIn> & { refresh_token: string }
