import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { resetMail } from './mails.ts'
import { passwordReset } from './table.ts'
import { newToken } from './token.ts'

/** A mail with a fresh token to the account behind a reset that is still open. */
export async function mailReset(ctx: Context, id: string): Promise<Mailing | undefined> {
  const open = and(eq(passwordReset.id, id), isNull(passwordReset.used_at), gt(passwordReset.expires_at, ctx.now))
  const [reset] = await ctx.db.select().from(passwordReset).where(open)
  const account = reset && (await findAccountByEmail(ctx.db, reset.email))
  if (!account?.is_active) return undefined
  const { token, hash } = await newToken(ctx)
  return {
    mail: resetMail(ctx.settings, account, token),
    also: [ctx.db.update(passwordReset).set({ token_hash: hash }).where(open)],
  }
}
