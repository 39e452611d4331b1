import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { signChallenge } from './access-token.ts'
import { countingSignIn, provePassword, readingAhead } from '#/access/proof/index.ts'
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
  checkingPassword(ctx, credentials, (account) => signIn(ctx, account, credentials))

interface Challenge {
  mfa_required: true
  mfa_token: string
}

async function signIn(ctx: Context, account: ProvedAccount, { password }: Credentials): Promise<SignedIn | Challenge> {
  const also = await strengthening(ctx, account, password)
  if (account.totp_confirmed_at === null) return startSession(ctx, account, also)
  await strengthenNow(ctx, account, also)
  count('auth_attempts_total', ['code_asked'])
  const { id: userId, version } = account
  return { mfa_required: true, mfa_token: await signChallenge(ctx.settings, { userId, version }, ctx.now) }
}

/** The same for tools, which know no second factor: RFC 6749 has no answer between yes and no. */
export const grantPassword = (ctx: Context, credentials: Credentials): ReturnType<typeof startSession> =>
  checkingPassword(ctx, credentials, (account) => grant(ctx, account, credentials))

async function grant(ctx: Context, account: ProvedAccount, { password }: Credentials): ReturnType<typeof startSession> {
  if (account.totp_confirmed_at !== null) {
    count('auth_attempts_total', ['code_asked'])
    throw new ApiError(identityErrors.MFA_REQUIRED)
  }
  return startSession(ctx, account, await strengthening(ctx, account, password))
}

type ProvedAccount = NonNullable<Awaited<ReturnType<typeof findAccountByEmail>>>

/** An unknown e-mail costs the same time and gives the same answer as a wrong password. */
function checkingPassword<Done extends object>(
  ctx: Context,
  { email, password }: Credentials,
  act: (account: ProvedAccount) => Promise<Done>,
): Promise<Done> {
  const account = readingAhead(() => findAccountByEmail(ctx.db, email))
  const attempt = { summary: 'sign-in refused', refusal: identityErrors.INVALID_CREDENTIALS }
  return countingSignIn(ctx, { email, step: 'password', holder: account.look }, () =>
    settle(async () => act(await provePassword(ctx, attempt, await account.take(), password))),
  )
}
