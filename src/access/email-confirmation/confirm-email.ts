import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { write } from '#/platform/database/write/write.ts'
import { provePassword, proveToken } from '#/access/proof/index.ts'
import { findAccountByEmail, provingEmail } from '#/access/identity/index.ts'
import { actorOf } from '#/access/session/index.ts'
import { emailConfirmation } from './table.ts'
import { wasRegisteredBefore } from './registered-before.ts'
import { errors } from './errors.ts'

type Account = NonNullable<Awaited<ReturnType<typeof findAccountByEmail>>>

interface Confirmation {
  token: string
  password?: string | undefined
}

/** The e-mail of an account is proved: its token came back. It works once. Throws EMAIL_CONFIRMATION_INVALID, EMAIL_CONFIRMATION_PASSWORD. */
export async function confirmEmail(ctx: Context, { token, password }: Confirmation): Promise<void> {
  const attempt = { entity: 'email_confirmation', refusal: errors.EMAIL_CONFIRMATION_INVALID }
  const { account, open } = await proveToken(ctx, attempt, token, async (hash) => {
    const open = and(
      eq(emailConfirmation.token_hash, hash),
      isNull(emailConfirmation.used_at),
      gt(emailConfirmation.expires_at, ctx.now),
    )
    const email = ctx.db.select({ email: emailConfirmation.email }).from(emailConfirmation).where(open)
    const account = await findAccountByEmail(ctx.db, sql`(${email})`)
    return account?.is_active ? { account, open } : undefined
  })
  await requireOwn(ctx, account, password)
  await write(
    { ...ctx, actor: actorOf(account) },
    {
      change: ctx.db.update(emailConfirmation).set({ used_at: ctx.now }).where(open),
      audit: { entity: 'account', id: account.id, changes: { email_verified_at: { old: null, new: ctx.now } } },
      also: [provingEmail(ctx, account), expectChange(ctx)],
    },
  ).catch(onceOnly(errors.EMAIL_CONFIRMATION_INVALID))
}

/**
 * Whoever reads the mail need not be the one who opened the account: a stranger may have registered the e-mail meanwhile. The password tells.
 * Without one the token alone counts, where nobody else has ever registered the e-mail.
 */
async function requireOwn(ctx: Context, account: Account, password: string | undefined): Promise<void> {
  if (password === undefined && !(await wasRegisteredBefore(ctx, account))) return
  const attempt = { summary: 'confirmation refused', refusal: errors.EMAIL_CONFIRMATION_PASSWORD }
  await provePassword(ctx, attempt, account, password ?? '')
}
