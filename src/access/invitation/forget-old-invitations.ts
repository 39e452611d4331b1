import { lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { invitation } from './table.ts'

/** Deletes invitations that are over. Who was invited and when stays in the audit log. */
export const forgetOldInvitations = (ctx: Context) =>
  deleteSome(ctx, invitation, [invitation.id], lt(invitation.expires_at, ctx.now))
