import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { findAccountById, totp, verifyPassword } from '#/access/identity/index.ts'
import { spending } from './codes.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { errors } from './errors.ts'

/** Takes the second factor away, with its recovery codes. Password and code are both asked for: a stolen session is not enough. */
export async function disableTotp(ctx: Context, { password, code }: { password: string; code: string }): Promise<void> {
  const account = await findAccountById(ctx.db, ctx.actor.id!)
  if (!account?.factor?.confirmed_at) throw new ApiError(errors.MFA_NOT_ENABLED)
  const { factor } = account
  await admitSignIn(ctx.env, ctx.settings, account.email)
  const isPassword = await verifyPassword(password, account.password_hash)
  const spent = await spending(ctx, factor, code)
  if (!isPassword || !spent) throw new ApiError(errors.MFA_CODE_WRONG)
  const [spend, expect] = spent
  await write(ctx, {
    change: spend!,
    audit: {
      entity: 'second_factor',
      id: factor.user_id,
      changes: { confirmed_at: { old: factor.confirmed_at, new: null } },
    },
    also: [expect!, ctx.db.delete(totp).where(eq(totp.user_id, factor.user_id))],
  }).catch(onceOnly(errors.MFA_CODE_WRONG))
}
