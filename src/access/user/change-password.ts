import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { verifyPassword } from '#/access/identity/index.ts'
import { findAccountById } from '#/access/identity/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import { settingPassword } from './set-password.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

interface Change {
  current_password: string
  new_password: string
}

/** Gives the caller a new password and ends the caller's other sessions. Throws PASSWORD_WRONG. */
export async function changePassword(ctx: Context, { current_password, new_password }: Change): Promise<void> {
  const account = await findAccountById(ctx.db, ctx.actor.id!)
  if (!account) throw new ApiError(sharedErrors.HTTP_401)
  requireStrongPassword(ctx, new_password, 'new_password', account)
  await admitSignIn(ctx.env, ctx.settings, account.email)
  if (!(await verifyPassword(current_password, account.password_hash)))
    throw new ApiError(identityErrors.PASSWORD_WRONG)
  const [setting, ...also] = await settingPassword(ctx, account, new_password, ctx.actor.sessionId!)
  await write(ctx, {
    change: setting,
    audit: { entity: 'account', id: account.id, changes: { password_hash: { new: '[redacted]' } } },
    also,
  })
}
