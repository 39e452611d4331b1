import { lt } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { invitation, passwordReset } from './table.ts'

/** Deletes resets and invitations that are over. Who was invited and when stays in the audit log. */
export const forgetOldTokens = (ctx: Context) =>
  ctx.db.batch([
    ctx.db.delete(passwordReset).where(lt(passwordReset.expires_at, ctx.now)),
    ctx.db.delete(invitation).where(lt(invitation.expires_at, ctx.now)),
  ])
