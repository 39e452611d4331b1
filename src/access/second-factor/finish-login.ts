import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { hashCode, unusedCode } from '#/access/authenticator/index.ts'
import { accountById } from '#/access/identity/index.ts'
import { countingSignIn, countUnknown, proveCode } from '#/access/proof/index.ts'
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
  if (!challenge) {
    await countUnknown(ctx, 'sign-in')
    throw new ApiError(errors.MFA_LOGIN_REFUSED)
  }
  const first = await challenged(ctx, challenge, code)
  const account = rereading(first, () => challenged(ctx, challenge, code))
  return countingSignIn(ctx, { email: first.email, step: 'code' }, () =>
    settle(async () => decided(ctx, await account(), code)),
  )
}

type Challenge = NonNullable<Awaited<ReturnType<typeof readChallenge>>>
type Challenged = Awaited<ReturnType<typeof challenged>>

async function decided(ctx: Context, { isUnused, ...account }: Challenged, code: string) {
  const attempt = { holder: account, summary: 'one-time code refused', refusal: errors.MFA_LOGIN_REFUSED }
  return startSession(ctx, account, await proveCode(ctx, attempt, account.factor, { code, isUnused }))
}

/** The account whose password was right, unless it has changed since, and whether the code is an unused recovery code of it. */
async function challenged(ctx: Context, { userId, version }: Challenge, code: string) {
  const hash = await hashCode(code)
  const [[account], unused] = await ctx.db.batch([accountById(ctx.db, userId), unusedCode(ctx, userId, hash)])
  if (account?.version !== version) throw new ApiError(errors.MFA_LOGIN_REFUSED)
  return { ...account, isUnused: unused.length > 0 }
}

/** What was read, and once more when the account changed since, or the code was used. */
function rereading<Read>(first: Read, again: () => Promise<Read>): () => Promise<Read> {
  let fresh: Read | undefined = first
  return async () => {
    const read = fresh ?? (await again())
    fresh = undefined
    return read
  }
}
