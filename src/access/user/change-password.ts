import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { forgetFailures, knowAlone, provePassword } from '#/access/proof/index.ts'
import { accountById } from '#/access/identity/index.ts'
import { endingSessions, expectOwnSession, ownSession } from '#/access/session/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import { settingPassword } from './set-password.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

interface Change {
  current_password: string
  new_password: string
}

/** Gives the caller a new password, ends the caller's other sessions and makes all other devices unknown. Throws PASSWORD_WRONG. */
export async function changePassword(ctx: Context, change: Change, device: Parameters<typeof knowAlone>[2]) {
  const account = await settle(() => decided(ctx, change))
  await knowAlone(ctx, account, device)
  await forgetFailures(ctx, account.email)
}

/** Once more when the stored hash changed since it was read: by another change, or as a sign-in strengthened it. */
async function decided(ctx: Context, { current_password, new_password }: Change) {
  const [[account], [own]] = await ctx.db.batch([accountById(ctx.db, ctx.actor.id!), ownSession(ctx)])
  if (!account || !own) throw new ApiError(sharedErrors.HTTP_401)
  await requireStrongPassword(ctx, new_password, 'new_password', account)
  const attempt = { summary: 'change of password refused', refusal: identityErrors.PASSWORD_WRONG }
  await provePassword(ctx, attempt, account, current_password)
  const [setting, ...also] = await settingPassword(ctx, account, new_password)
  await endingSessions(ctx, { userId: account.id, except: own.id }, (ending) =>
    write(ctx, {
      change: setting,
      audit: { entity: 'account', id: account.id, changes: { password_hash: { new: '[redacted]' } } },
      also: [...also, expectOwnSession(ctx), ending],
    }),
  )
  return account
}
