import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { accountById } from '#/access/identity/index.ts'
import { countingFailure, failuresOf, readChallenge, requireUnlocked, startSession } from '#/access/session/index.ts'
import { proveCode } from '#/access/proof/index.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { errors } from './errors.ts'

interface SecondStep {
  mfa_token: string
  /** Six digits, or a recovery code. */
  code: string
}

/** The second half of a sign-in. Counts against the same limit as the first, so that codes cannot be guessed. */
export const finishLogin = (ctx: Context, step: SecondStep) => settle(() => decided(ctx, step))

/** Once more when the account changed since it was read, or the code was used. */
async function decided(ctx: Context, { mfa_token, code }: SecondStep) {
  const challenge = await readChallenge(ctx.settings, mfa_token, ctx.now)
  if (!challenge) throw new ApiError(errors.MFA_LOGIN_REFUSED)
  const [[account], [failed]] = await ctx.db.batch([
    accountById(ctx.db, challenge.userId),
    failuresOf(ctx.db, challenge.emailHash),
  ])
  if (account?.version !== challenge.version) throw new ApiError(errors.MFA_LOGIN_REFUSED)
  await admitSignIn(ctx.env, ctx.settings, account.email)
  requireUnlocked(failed, ctx.now)
  const also = [countingFailure(ctx, challenge.emailHash)]
  const attempt = { holder: account, summary: 'one-time code refused', refusal: errors.MFA_LOGIN_REFUSED, also }
  const spent = await proveCode(ctx, attempt, account.factor, code)
  return startSession(ctx, account, spent)
}
