import * as z from 'zod'
import { Account, presentedPassword } from '#/access/identity/schema.ts'
import { email, instant, line } from '#/platform/fields.ts'

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

export const Session = z
  .object({
    id: z.string(),
    created_at: instant,
    last_used_at: instant.meta({ description: 'When its tokens were last renewed.' }),
    ends_at: instant.meta({ description: 'When it is over, however often its tokens are renewed.' }),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' })

export const RevokedSessions = z.object({ revoked: z.int() }).meta({ id: 'RevokedSessions' })

export const MfaRequired = z
  .object({
    mfa_required: z.literal(true),
    mfa_token: z.string().meta({ description: 'For `POST /auth/mfa/login`, within five minutes.' }),
  })
  .meta({ id: 'MfaRequired' })

export type SignedIn = z.output<typeof SignedIn> & { refresh_token: string }
