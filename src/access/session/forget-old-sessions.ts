import { lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { session } from '#/access/identity/table.ts'

/** Deletes sessions whose refresh token has expired: nothing can be done with them any more. */
export const forgetOldSessions = (ctx: Context) =>
  deleteSome(ctx, session, [session.id], lt(session.expires_at, ctx.now))
