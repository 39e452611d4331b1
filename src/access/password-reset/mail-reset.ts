import { and, eq, gt, isNotNull, isNull, ne, notExists } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { newToken, tokenLink } from '#/platform/mail/token.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { withinBudget } from '#/access/proof/index.ts'
import { passwordReset } from './table.ts'

const other = alias(passwordReset, 'other')

/**
 * A mail with a fresh token to the account behind a reset that is still open. While the token of another one is under way there is no second
 * mail: nobody fills a mailbox by asking, and nobody's asking makes the token of its holder worthless.
 */
export async function mailReset(ctx: Context, id: string): Promise<Mailing | undefined> {
  const open = and(eq(passwordReset.id, id), isNull(passwordReset.used_at), gt(passwordReset.expires_at, ctx.now))
  const underWay = ctx.db
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.email, passwordReset.email),
        ne(other.id, passwordReset.id),
        isNotNull(other.token_hash),
        isNull(other.used_at),
        gt(other.expires_at, ctx.now),
      ),
    )
  const [reset] = await ctx.db
    .select()
    .from(passwordReset)
    .where(and(open, notExists(underWay)))
  const account = reset && (await findAccountByEmail(ctx.db, reset.email))
  if (!account?.is_active) return undefined
  const { email, full_name, language } = account
  const to = account.email_verified_at === null ? { email, language } : { email, full_name, language }
  const { token, hash } = await newToken(ctx)
  return {
    mail: resetMail(ctx.settings, to, token),
    also: [ctx.db.update(passwordReset).set({ token_hash: hash }).where(open)],
    within: withinBudget(ctx, { email, kind: 'reset' }),
  }
}

/** With the link to the page that takes a new password. */
const resetMail = (settings: Settings, to: Addressee, token: string) => {
  const link = tokenLink(settings, 'new-password', to, token)
  return mail(settings, to, {
    en: {
      subject: 'A new password',
      text: `Somebody, probably you, asked for a new password. Choose it within 30 minutes:\n\n${link}\n\nIf it was not you, do nothing: your password stays as it is.`,
    },
    el: {
      subject: 'Νέος κωδικός πρόσβασης',
      text: `Κάποιος, πιθανότατα εσείς, ζήτησε νέο κωδικό πρόσβασης. Επιλέξτε τον μέσα σε 30 λεπτά:\n\n${link}\n\nΑν δεν ήσασταν εσείς, μην κάνετε τίποτα: ο κωδικός σας μένει όπως είναι.`,
    },
  })
}
