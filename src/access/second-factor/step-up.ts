import type { Actor, Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import {
  accessTokenSeconds,
  actorOf,
  ownSession,
  sessionById,
  settingVerified,
  signAccessToken,
} from '#/access/session/index.ts'
import { accountById, type AccountRow, expectAccount, type totp } from '#/access/identity/index.ts'
import { hashCode, type PresentedCode, unusedCode } from '#/access/authenticator/index.ts'
import { proveCode, provePassword, refuseProof } from '#/access/proof/index.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** One of the two: the code where there is a second factor, the password where there is none. */
interface Proof {
  code?: string | undefined
  password?: string | undefined
}

type Account = AccountRow & { password_hash: string; factor: typeof totp.$inferSelect | null }

/**
 * Answers an access token that opens what asks for a fresh proof: for five minutes after a code, for ten after the password. It says what the
 * database says of the account now, whatever the caller's token says.
 */
export const stepUp = (ctx: Context, proof: Proof) => settle(() => decided(ctx, proof))

async function decided(ctx: Context, { code, password }: Proof) {
  const id = ctx.actor.id!
  const hash = await hashCode(code ?? '')
  const [[account], [own], unused] = await ctx.db.batch([
    accountById(ctx.db, id),
    ownSession(ctx),
    unusedCode(ctx, id, hash),
  ])
  if (!account || !own) throw new ApiError(sharedErrors.HTTP_401)
  const by = code === undefined ? 'password' : 'code'
  const spent =
    code === undefined
      ? await checkingPassword(ctx, account, password!)
      : await usingCode(ctx, account, { code, isUnused: unused.length > 0 })
  const { read } = await write(ctx, {
    change: settingVerified(ctx, by),
    audit: { entity: 'session', id: own.id },
    also: [expectAccount(ctx, account), ...spent],
    read: sessionById(ctx.db, own.id),
  })
  const [now] = read
  return freshToken(ctx, actorOf(now!.account, now!.session))
}

const freshToken = async (ctx: Context, actor: Actor) => ({
  access_token: await signAccessToken(ctx.settings, actor, ctx.now),
  token_type: 'bearer' as const,
  expires_in: accessTokenSeconds,
})

const summary = 'step-up refused'

/** A password alone is nothing where there is a second factor: it is refused, and not even looked at. */
async function checkingPassword(ctx: Context, account: Account, password: string): Promise<Statement[]> {
  if (account.totp_confirmed_at !== null)
    return refuseProof(ctx, { holder: account, summary, refusal: errors.MFA_CODE_WRONG })
  await provePassword(ctx, { summary, refusal: identityErrors.PASSWORD_WRONG }, account, password)
  return []
}

async function usingCode(ctx: Context, account: Account, code: PresentedCode): Promise<Statement[]> {
  const { factor } = account
  if (!factor?.confirmed_at) throw new ApiError(errors.MFA_NOT_ENABLED)
  return proveCode(ctx, { holder: account, summary, refusal: errors.MFA_CODE_WRONG }, factor, code)
}
