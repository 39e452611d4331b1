import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { newToken } from '#/platform/mail/token.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { passwordReset } from './table.ts'

/** A mail with a fresh token to the account behind a reset that is still open. */
export async function mailReset(ctx: Context, id: string): Promise<Mailing | undefined> {
  const open = and(eq(passwordReset.id, id), isNull(passwordReset.used_at), gt(passwordReset.expires_at, ctx.now))
  const [reset] = await ctx.db.select().from(passwordReset).where(open)
  const account = reset && (await findAccountByEmail(ctx.db, reset.email))
  if (!account?.is_active) return undefined
  const { email, full_name, language } = account
  const to = account.email_verified_at === null ? { email, language } : { email, full_name, language }
  const { token, hash } = await newToken(ctx)
  return {
    mail: resetMail(ctx.settings, to, token),
    also: [ctx.db.update(passwordReset).set({ token_hash: hash }).where(open)],
  }
}

/** With the token for a new password. */
const resetMail = (settings: Settings, to: Addressee, token: string) =>
  mail(settings, to, {
    en: {
      subject: 'A new password',
      text: `Somebody, probably you, asked for a new password. Enter this token where you asked for it, within 30 minutes:\n\n${token}\n\nIf it was not you, do nothing: your password stays as it is.`,
    },
    el: {
      subject: 'Νέος κωδικός πρόσβασης',
      text: `Κάποιος, πιθανότατα εσείς, ζήτησε νέο κωδικό πρόσβασης. Δώστε αυτό το διακριτικό εκεί όπου τον ζητήσατε, μέσα σε 30 λεπτά:\n\n${token}\n\nΑν δεν ήσασταν εσείς, μην κάνετε τίποτα: ο κωδικός σας μένει όπως είναι.`,
    },
  })
