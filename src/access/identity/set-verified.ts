import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { session } from './table.ts'

/** A statement for a write of somebody else: the caller's session was proved just now to be the account's. */
export const settingVerified = (ctx: Context) =>
  ctx.db.update(session).set({ verified_at: ctx.now }).where(eq(session.id, ctx.actor.sessionId!))
