import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { invitationMail } from './mails.ts'
import { invitation } from './table.ts'
import { newToken } from './token.ts'

const newer = sql`select 1 from invitation newer where newer.email = invitation.email and newer.id > invitation.id`

/** Mails a fresh token for an invitation that is open and the newest of its e-mail. Sent twice, the later token is the one that works. */
export async function mailInvitation(ctx: Context, id: number): Promise<void> {
  const { token, hash } = await newToken(ctx)
  const [open] = await ctx.db
    .update(invitation)
    .set({ token_hash: hash })
    .where(
      and(
        eq(invitation.id, id),
        isNull(invitation.accepted_at),
        gt(invitation.expires_at, ctx.now),
        sql`not exists (${newer})`,
      ),
    )
    .returning()
  if (open) await ctx.env.MAIL.send(invitationMail(ctx.settings, open, token))
}
