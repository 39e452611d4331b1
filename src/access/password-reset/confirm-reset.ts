import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { forgetFailures, knowAlone, proveToken } from '#/access/proof/index.ts'
import { actorOf, endingSessions } from '#/access/session/index.ts'
import { findAccountByEmail, provingEmail, requireStrongPassword, totp, userTable } from '#/access/identity/index.ts'
import { settingPassword } from '#/access/user/index.ts'
import { passwordReset } from './table.ts'
import { errors } from './errors.ts'

interface Reset {
  token: string
  new_password: string
}

/**
 * Gives the account a new password, ends all its sessions and makes its devices unknown, but for the one that does this. That the token came
 * back proves the e-mail; a second factor from before that goes, too. The token works once. Throws RESET_TOKEN_INVALID.
 */
export async function confirmReset(ctx: Context, reset: Reset, device: Parameters<typeof knowAlone>[2]) {
  const account = await settle(() => decided(ctx, reset))
  await knowAlone(ctx, { ...account, email_verified_at: account.email_verified_at ?? ctx.now }, device)
  await forgetFailures(ctx, account.email)
}

/** Once more when the stored hash changed since it was read. */
async function decided(ctx: Context, { token, new_password }: Reset) {
  await requireStrongPassword(ctx, new_password, 'new_password', {})
  const attempt = { entity: 'password_reset', refusal: errors.RESET_TOKEN_INVALID }
  const { account, open } = await proveToken(ctx, attempt, token, async (hash) => {
    const open = and(
      eq(passwordReset.token_hash, hash),
      isNull(passwordReset.used_at),
      gt(passwordReset.expires_at, ctx.now),
    )
    const email = ctx.db.select({ email: passwordReset.email }).from(passwordReset).where(open)
    const account = await findAccountByEmail(ctx.db, sql`(${email})`)
    return account?.is_active ? { account, open } : undefined
  })
  await requireStrongPassword(ctx, new_password, 'new_password', account)
  const setting = await settingPassword(ctx, account, new_password)
  const changes = {
    password_hash: { new: '[redacted]' },
    ...(account.email_verified_at === null && { email_verified_at: { old: null, new: ctx.now } }),
  }
  await endingSessions(ctx, { userId: account.id }, (ending) =>
    write(
      { ...ctx, actor: actorOf(account) },
      {
        change: ctx.db.update(passwordReset).set({ used_at: ctx.now }).where(open),
        audit: { entity: 'account', id: account.id, changes },
        also: [
          setting[0],
          expectChange(ctx),
          ...setting.slice(1),
          forgettingDoubtfulFactor(ctx, account.id),
          provingEmail(ctx, account),
          ending,
        ],
      },
    ),
  )
  return account
}

/** A factor of an account whose e-mail is not proved: whoever set it up need not be the one who reads its mail. */
const forgettingDoubtfulFactor = (ctx: Context, userId: number) =>
  ctx.db.delete(totp).where(
    and(
      eq(totp.user_id, userId),
      exists(
        ctx.db
          .select({ id: userTable.id })
          .from(userTable)
          .where(and(eq(userTable.id, userId), isNull(userTable.email_verified_at))),
      ),
    ),
  )
