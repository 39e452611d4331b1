import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { accountById } from '#/access/identity/index.ts'
import { failuresOf, readChallenge, refuseSignIn, requireUnlocked, startSession } from '#/access/session/index.ts'
import { spending } from './codes.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { errors } from './errors.ts'

interface SecondStep {
  mfa_token: string
  /** Six digits, or a recovery code. */
  code: string
}

/** The second half of a sign-in. Counts against the same limit as the first, so that codes cannot be guessed. */
export async function finishLogin(ctx: Context, { mfa_token, code }: SecondStep) {
  const challenge = await readChallenge(ctx.settings, mfa_token, ctx.now)
  if (!challenge) throw new ApiError(errors.MFA_LOGIN_REFUSED)
  const [[account], [failed]] = await ctx.db.batch([
    accountById(ctx.db, challenge.userId),
    failuresOf(ctx.db, challenge.emailHash),
  ])
  if (!account || (await sha256Hex(account.email)) !== challenge.emailHash) throw new ApiError(errors.MFA_LOGIN_REFUSED)
  await admitSignIn(ctx.env, ctx.settings, account.email)
  requireUnlocked(failed, ctx.now)
  const { factor } = account
  const spent = factor?.confirmed_at ? await spending(ctx, factor, code) : undefined
  if (spent) return startSession(ctx, account, spent).catch(onceOnly(errors.MFA_LOGIN_REFUSED))
  await refuseSignIn(ctx, account.email, account, 'one-time code refused')
  throw new ApiError(errors.MFA_LOGIN_REFUSED)
}
