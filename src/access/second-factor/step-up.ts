import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { accessTokenSeconds, settingVerified, signAccessToken } from '#/access/session/index.ts'
import { findAccountById, verifyPassword } from '#/access/identity/index.ts'
import { spending } from './codes.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** One of the two: the code where there is a second factor, the password where there is none. */
interface Proof {
  code?: string | undefined
  password?: string | undefined
}

type Account = NonNullable<Awaited<ReturnType<typeof findAccountById>>>

/** Answers an access token that opens what asks for a fresh proof: for five minutes after a code, for ten after the password. */
export async function stepUp(ctx: Context, { code, password }: Proof) {
  const account = await findAccountById(ctx.db, ctx.actor.id!)
  if (!account) throw new ApiError(sharedErrors.HTTP_401)
  await admitSignIn(ctx.env, ctx.settings, account.email)
  const also = code === undefined ? await checkingPassword(account, password!) : await usingCode(ctx, account, code)
  await write(ctx, {
    change: settingVerified(ctx),
    audit: { entity: 'session', id: ctx.actor.sessionId },
    also,
  }).catch(onceOnly(code === undefined ? sharedErrors.HTTP_401 : errors.MFA_CODE_WRONG))
  const hasSecondFactor = account.totp_confirmed_at !== null
  const actor = { ...ctx.actor, hasSecondFactor, verifiedAt: Date.parse(ctx.now) }
  return {
    access_token: await signAccessToken(ctx.settings, actor, ctx.now),
    token_type: 'bearer' as const,
    expires_in: accessTokenSeconds,
  }
}

/** A password alone is nothing where there is a second factor. */
async function checkingPassword({ totp_confirmed_at, password_hash }: Account, password: string): Promise<Statement[]> {
  if (totp_confirmed_at !== null) throw new ApiError(errors.MFA_CODE_WRONG)
  if (!(await verifyPassword(password, password_hash))) throw new ApiError(identityErrors.PASSWORD_WRONG)
  return []
}

async function usingCode(ctx: Context, { factor }: Account, code: string): Promise<Statement[]> {
  if (!factor?.confirmed_at) throw new ApiError(errors.MFA_NOT_ENABLED)
  const spent = await spending(ctx, factor, code)
  if (!spent) throw new ApiError(errors.MFA_CODE_WRONG)
  return spent
}
