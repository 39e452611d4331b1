import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { hashCode, unusedCode } from '#/access/authenticator/index.ts'
import { accountById } from '#/access/identity/index.ts'
import { countingSignIn, countUnknown, proveCode, readingAhead, refuseProof } from '#/access/proof/index.ts'
import { readChallenge, startSession } from '#/access/session/index.ts'
import { errors } from './errors.ts'

interface SecondStep {
  mfa_token: string
  /** Six digits, or a recovery code. */
  code: string
}

/** The second half of a sign-in. It has budgets of its own: whoever tries codes has the password. */
export async function finishLogin(ctx: Context, { mfa_token, code }: SecondStep) {
  const challenge = await readChallenge(ctx.settings, mfa_token, ctx.now)
  const account = challenge && readingAhead(() => challenged(ctx, challenge, code))
  const first = await account?.look()
  if (!account || !first) {
    await countUnknown(ctx, 'sign-in')
    return refuseChallenge(ctx)
  }
  return countingSignIn(ctx, { email: first.email, step: 'code', holder: account.look }, () =>
    settle(async () => decided(ctx, await account.take(), code)),
  )
}

type Challenge = NonNullable<Awaited<ReturnType<typeof readChallenge>>>
type Challenged = Awaited<ReturnType<typeof challenged>>

async function decided(ctx: Context, found: Challenged, code: string) {
  if (!found) return refuseChallenge(ctx)
  const { isUnused, ...account } = found
  const attempt = { holder: account, summary: 'one-time code refused', refusal: errors.MFA_LOGIN_REFUSED }
  return startSession(ctx, account, await proveCode(ctx, attempt, account.factor, { code, isUnused }))
}

const refuseChallenge = (ctx: Context) =>
  refuseProof(ctx, { holder: undefined, summary: 'challenge refused', refusal: errors.MFA_LOGIN_REFUSED })

/** The account whose password was right, and whether the code is an unused recovery code of it; undefined when the account has changed since. */
async function challenged(ctx: Context, { userId, version }: Challenge, code: string) {
  const hash = await hashCode(code)
  const [[account], unused] = await ctx.db.batch([accountById(ctx.db, userId), unusedCode(ctx, userId, hash)])
  if (account?.version !== version) return undefined
  return { ...account, isUnused: unused.length > 0 }
}
