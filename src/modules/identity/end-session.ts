import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { revokeSession } from '../gate/index.ts'
import { accessTokenSeconds } from './access-token.ts'
import { session } from './table.ts'

const isStale = (error: unknown) => error instanceof ApiError && error.code === 'STALE_STATE'

/** Ends the caller's session (once; a second time there is nothing left to do): its refresh token and, from the next request on, its access tokens. */
export async function endSession(ctx: Context, reason?: string): Promise<void> {
  const { id, sessionId } = ctx.actor
  await revokeSession(ctx.env, id!, sessionId!, Date.parse(ctx.now) + accessTokenSeconds * 1000)
  await write(ctx, {
    change: ctx.db
      .update(session)
      .set({ revoked_at: ctx.now })
      .where(and(eq(session.id, sessionId!), isNull(session.revoked_at))),
    audit: { entity: 'session', id: sessionId!, ...(reason ? { reason } : {}) },
  }).catch((error: unknown) => {
    if (!isStale(error)) throw error
  })
}
