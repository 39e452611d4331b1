import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { ApiError } from '#/platform/errors.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { signChallenge } from './access-token.ts'
import { countingFailure, requireUnlocked } from './lockout.ts'
import { provePassword } from '#/access/proof/index.ts'
import { accountByEmail } from '#/access/identity/index.ts'
import { failuresOf } from './queries.ts'
import { strengthening, strengthenNow } from './strengthen-hash.ts'
import type { SignedIn } from './schema.ts'
import { startSession } from './start-session.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

interface Credentials {
  email: string
  password: string
}

/** Starts a session, or asks for the code of the second factor. */
export async function login(ctx: Context, credentials: Credentials): Promise<SignedIn | Challenge> {
  await admitSignIn(ctx.env, ctx.settings, credentials.email)
  return settle(() => signIn(ctx, credentials))
}

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
  const challenged = { userId, version, emailHash: await sha256Hex(account.email) }
  return { mfa_required: true, mfa_token: await signChallenge(ctx.settings, challenged, ctx.now) }
}

/** The same for tools, which know no second factor: RFC 6749 has no answer between yes and no. */
export async function grantPassword(ctx: Context, credentials: Credentials): Promise<SignedIn> {
  await admitSignIn(ctx.env, ctx.settings, credentials.email)
  return settle(async () => {
    const account = await checkPassword(ctx, credentials)
    if (account.totp_confirmed_at !== null) {
      count('auth_attempts_total', ['code_asked'])
      throw new ApiError(identityErrors.MFA_REQUIRED)
    }
    return startSession(ctx, account, await strengthening(ctx, account, credentials.password))
  })
}

/** An unknown e-mail costs the same time and gives the same answer as a wrong password. */
async function checkPassword(ctx: Context, { email, password }: Credentials) {
  const email_hash = await sha256Hex(email)
  const [[account], [failed]] = await ctx.db.batch([accountByEmail(ctx.db, email), failuresOf(ctx.db, email_hash)])
  requireUnlocked(failed, ctx.now)
  const also = [countingFailure(ctx, email_hash)]
  const attempt = { summary: 'sign-in refused', refusal: identityErrors.INVALID_CREDENTIALS, also }
  return provePassword(ctx, attempt, account, password)
}
