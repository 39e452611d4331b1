import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { newToken, tokenLink } from '#/platform/mail/token.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { withinBudget } from '#/access/proof/index.ts'
import { emailConfirmation } from './table.ts'

/** A mail with a fresh token to an account that is still to prove this e-mail. */
export async function mailConfirmation(ctx: Context, id: string): Promise<Mailing | undefined> {
  const open = and(
    eq(emailConfirmation.id, id),
    isNull(emailConfirmation.used_at),
    gt(emailConfirmation.expires_at, ctx.now),
  )
  const [confirmation] = await ctx.db.select().from(emailConfirmation).where(open)
  const account = confirmation && (await findAccountByEmail(ctx.db, confirmation.email))
  if (!account?.is_active || account.email_verified_at !== null) return undefined
  const { email, language } = account
  const { token, hash } = await newToken(ctx)
  return {
    mail: confirmationMail(ctx.settings, { email, language }, token),
    also: [ctx.db.update(emailConfirmation).set({ token_hash: hash }).where(open)],
    within: withinBudget(ctx, { email, kind: 'confirmation' }),
  }
}

/** Without the name of the account: who chose it may be a stranger to whoever reads this. */
const confirmationMail = (settings: Settings, to: Addressee, token: string) => {
  const link = tokenLink(settings, 'confirm-email', to, token)
  return mail(settings, to, {
    en: {
      subject: 'Confirm your e-mail',
      text: `An account was opened with this address. If it is yours, confirm the address within 24 hours:\n\n${link}\n\nIf you know of no such account, do nothing: an address that nobody confirms is nobody's.`,
    },
    el: {
      subject: 'Επιβεβαίωση e-mail',
      text: `Ανοίχθηκε λογαριασμός με αυτή τη διεύθυνση. Αν είναι δικός σας, επιβεβαιώστε τη διεύθυνση μέσα σε 24 ώρες:\n\n${link}\n\nΑν δεν γνωρίζετε τέτοιο λογαριασμό, μην κάνετε τίποτα: διεύθυνση που δεν επιβεβαιώνεται δεν ανήκει σε κανέναν.`,
    },
  })
}
