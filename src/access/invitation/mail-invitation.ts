import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { newToken, tokenLink } from '#/platform/mail/token.ts'
import { isOpen } from './queries.ts'
import { invitation } from './table.ts'

/** A mail with a fresh token for an invitation that is open. */
export async function mailInvitation(ctx: Context, id: number): Promise<Mailing | undefined> {
  const open = and(eq(invitation.id, id), isOpen(ctx))
  const [found] = await ctx.db.select().from(invitation).where(open)
  if (!found) return undefined
  const { email, language } = found
  const { token, hash } = await newToken(ctx)
  return {
    mail: invitationMail(ctx.settings, { email, language }, token),
    also: [ctx.db.update(invitation).set({ token_hash: hash }).where(open)],
  }
}

/** With the link to the page that opens the account. */
const invitationMail = (settings: Settings, to: Addressee, token: string) => {
  const link = tokenLink(settings, 'accept-invitation', to, token)
  return mail(settings, to, {
    en: {
      subject: 'Your account',
      text: `You are invited to an account. Choose a password within seven days:\n\n${link}\n\nIf you expect no account here, do nothing.`,
    },
    el: {
      subject: 'Ο λογαριασμός σας',
      text: `Έχετε πρόσκληση για λογαριασμό. Επιλέξτε κωδικό πρόσβασης μέσα σε επτά ημέρες:\n\n${link}\n\nΑν δεν περιμένετε λογαριασμό εδώ, μην κάνετε τίποτα.`,
    },
  })
}
