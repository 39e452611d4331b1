import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { signChallenge } from './access-token.ts'
import { countingSignIn, provePassword } from '#/access/proof/index.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { strengthening, strengthenNow } from './strengthen-hash.ts'
import type { SignedIn } from './schema.ts'
import { startSession } from './start-session.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

interface Credentials {
  email: string
  password: string
}

/** Starts a session, or asks for the code of the second factor. */
export const login = (ctx: Context, credentials: Credentials): Promise<SignedIn | Challenge> =>
  countingSignIn(ctx, { email: credentials.email, step: 'password' }, () => settle(() => signIn(ctx, credentials)))

interface Challenge {
  mfa_required: true
  mfa_token: string
}

async function signIn(ctx: Context, credentials: Credentials): Promise<SignedIn | Challenge> {
  const account = await checkPassword(ctx, credentials)
  const also = await strengthening(ctx, account, credentials.password)
  if (account.totp_confirmed_at === null) return startSession(ctx, account, also)
  await strengthenNow(ctx, account, also)
  count('auth_attempts_total', ['code_asked'])
  const { id: userId, version } = account
  return { mfa_required: true, mfa_token: await signChallenge(ctx.settings, { userId, version }, ctx.now) }
}

/** The same for tools, which know no second factor: RFC 6749 has no answer between yes and no. */
export const grantPassword = (ctx: Context, credentials: Credentials): ReturnType<typeof startSession> =>
  countingSignIn(ctx, { email: credentials.email, step: 'password' }, () => settle(() => grant(ctx, credentials)))

async function grant(ctx: Context, credentials: Credentials): ReturnType<typeof startSession> {
  const account = await checkPassword(ctx, credentials)
  if (account.totp_confirmed_at !== null) {
    count('auth_attempts_total', ['code_asked'])
    throw new ApiError(identityErrors.MFA_REQUIRED)
  }
  return startSession(ctx, account, await strengthening(ctx, account, credentials.password))
}

/** An unknown e-mail costs the same time and gives the same answer as a wrong password. */
async function checkPassword(ctx: Context, { email, password }: Credentials) {
  const account = await findAccountByEmail(ctx.db, email)
  const attempt = { summary: 'sign-in refused', refusal: identityErrors.INVALID_CREDENTIALS }
  return provePassword(ctx, attempt, account, password)
}
