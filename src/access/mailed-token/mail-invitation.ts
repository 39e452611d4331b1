import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { newToken } from '#/platform/mail/token.ts'
import { invitation } from './table.ts'

const newer = alias(invitation, 'newer')
const isNewest = sql`not exists (
  select 1 from ${invitation} ${newer} where ${newer.email} = ${invitation.email} and ${newer.id} > ${invitation.id}
)`

/** A mail with a fresh token for an invitation that is open and the newest of its e-mail. */
export async function mailInvitation(ctx: Context, id: number): Promise<Mailing | undefined> {
  const isOpen = and(
    eq(invitation.id, id),
    isNull(invitation.accepted_at),
    gt(invitation.expires_at, ctx.now),
    isNewest,
  )
  const [open] = await ctx.db.select().from(invitation).where(isOpen)
  if (!open) return undefined
  const { token, hash } = await newToken(ctx)
  return {
    mail: invitationMail(ctx.settings, { email: open.email, language: open.language }, token),
    also: [ctx.db.update(invitation).set({ token_hash: hash }).where(isOpen)],
  }
}

/** With the token that opens the account. */
const invitationMail = (settings: Settings, to: Addressee, token: string) =>
  mail(settings, to, {
    en: {
      subject: 'Your account',
      text: `You are invited to an account. Choose a password within seven days with this token:\n\n${token}`,
    },
    el: {
      subject: 'Ο λογαριασμός σας',
      text: `Έχετε πρόσκληση για λογαριασμό. Επιλέξτε κωδικό πρόσβασης μέσα σε επτά ημέρες με αυτό το διακριτικό:\n\n${token}`,
    },
  })
