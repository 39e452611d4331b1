import { lt } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { session } from './table.ts'

/** Deletes sessions whose refresh token has expired: nothing can be done with them any more. */
export const forgetOldSessions = (ctx: Context) => ctx.db.delete(session).where(lt(session.expires_at, ctx.now))
