import { lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { emailConfirmation } from './table.ts'

/** Deletes confirmations that are over. When an e-mail was proved stays in the audit log. */
export const forgetOldConfirmations = (ctx: Context) =>
  deleteSome(ctx, emailConfirmation, [emailConfirmation.id], lt(emailConfirmation.expires_at, ctx.now))
