import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { session } from './table.ts'

/** A statement for a write of somebody else: in the caller's session a one-time code was given just now. */
export const settingVerified = (ctx: Context) =>
  ctx.db.update(session).set({ verified_at: ctx.now }).where(eq(session.id, ctx.actor.sessionId!))
