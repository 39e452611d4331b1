import { lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { invitation, passwordReset } from './table.ts'

/** Deletes resets and invitations that are over. Who was invited and when stays in the audit log. */
export const forgetOldTokens = async (ctx: Context) =>
  (await deleteSome(ctx, passwordReset, [passwordReset.id], lt(passwordReset.expires_at, ctx.now))) +
  (await deleteSome(ctx, invitation, [invitation.id], lt(invitation.expires_at, ctx.now)))
