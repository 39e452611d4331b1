import { lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { passwordReset } from './table.ts'

/** Deletes resets that are over. That somebody asked for one stays in the audit log. */
export const forgetOldResets = (ctx: Context) =>
  deleteSome(ctx, passwordReset, [passwordReset.id], lt(passwordReset.expires_at, ctx.now))
