import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { Mailing } from '../../database/mail-once.ts'
import { invitationMail } from './mails.ts'
import { invitation } from './table.ts'
import { newToken } from './token.ts'

/** A mail with a fresh token for an invitation that is still open. */
export async function mailInvitation(ctx: Context, mailId: string): Promise<Mailing | undefined> {
  const isOpen = and(eq(invitation.mail_id, mailId), isNull(invitation.accepted_at), gt(invitation.expires_at, ctx.now))
  const [open] = await ctx.db.select().from(invitation).where(isOpen)
  if (!open) return undefined
  const { token, hash } = await newToken(ctx)
  return {
    mail: invitationMail(ctx.settings, open, token),
    also: [ctx.db.update(invitation).set({ token_hash: hash }).where(isOpen)],
  }
}
