import type { Context } from '../../context.ts'
import { ApiError } from '../../errors.ts'
import { admitSignIn } from '../gate/index.ts'
import { findAccountById, readChallenge, refuseSignIn, requireUnlocked, startSession } from '../identity/index.ts'
import { spending } from './codes.ts'
import { onceOnly } from '../../once-only.ts'
import { findTotp } from './queries.ts'

export { handOver } from '../identity/index.ts'

interface SecondStep {
  mfa_token: string
  /** Six digits, or a recovery code. */
  code: string
}

/** The second half of a sign-in. Counts against the same limit as the first, so that codes cannot be guessed. */
export async function finishLogin(ctx: Context, { mfa_token, code }: SecondStep) {
  const userId = await readChallenge(ctx.settings, mfa_token, ctx.now)
  const account = userId === undefined ? undefined : await findAccountById(ctx.db, userId)
  if (!account) throw new ApiError('MFA_LOGIN_REFUSED')
  await admitSignIn(ctx.env, ctx.settings, account.email)
  await requireUnlocked(ctx, account.email)
  const factor = await findTotp(ctx, account.id)
  const spent = factor?.confirmed_at ? await spending(ctx, factor, code) : undefined
  if (spent) return startSession(ctx, account, { secondFactor: true, also: spent }).catch(onceOnly('MFA_LOGIN_REFUSED'))
  await refuseSignIn(ctx, account.email, account, 'one-time code refused')
  throw new ApiError('MFA_LOGIN_REFUSED')
}
