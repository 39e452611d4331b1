import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { findAccountByEmail } from '../identity/index.ts'
import { resetMail } from './mails.ts'
import { passwordReset } from './table.ts'
import { newToken } from './token.ts'

/** Mails a fresh token to the account behind a reset that is still open. Sent twice, the later token is the one that works. */
export async function mailReset(ctx: Context, id: string): Promise<void> {
  const open = and(eq(passwordReset.id, id), isNull(passwordReset.used_at), gt(passwordReset.expires_at, ctx.now))
  const [reset] = await ctx.db.select().from(passwordReset).where(open)
  const account = reset && (await findAccountByEmail(ctx.db, reset.email))
  if (!account?.is_active) return
  const { token, hash } = await newToken(ctx)
  await ctx.db.update(passwordReset).set({ token_hash: hash }).where(open)
  await ctx.env.MAIL.send(resetMail(ctx.settings, account, token))
}
