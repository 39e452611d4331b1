import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { invitationMail } from './mails.ts'
import { invitation } from './table.ts'
import { newToken } from './token.ts'

/** Mails a fresh token for the newest open invitation of this e-mail. Sent twice, the later token is the one that works. */
export async function mailInvitation(ctx: Context, email: string): Promise<void> {
  const [open] = await ctx.db
    .select()
    .from(invitation)
    .where(and(eq(invitation.email, email), isNull(invitation.accepted_at), gt(invitation.expires_at, ctx.now)))
    .orderBy(desc(invitation.id))
    .limit(1)
  if (!open) return
  const { token, hash } = await newToken(ctx)
  await ctx.db.update(invitation).set({ token_hash: hash }).where(eq(invitation.id, open.id))
  await ctx.env.MAIL.send(invitationMail(ctx.settings, open, token))
}
