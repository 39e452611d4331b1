import { and, eq, gt, isNull, lt, ne } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { leaveToOthers } from '#/platform/database/write/stale.ts'
import { write } from '#/platform/database/write/write.ts'
import { revokeSessions } from '#/platform/gate/index.ts'
import { accessTokenSeconds } from './access-token.ts'
import { findLiveSession } from './queries.ts'
import { session } from './table.ts'

/** Ends the caller's session (once; a second time there is nothing left to do): its refresh token and, from the next request on, its access tokens. */
export async function endSession(ctx: Context, reason?: string): Promise<void> {
  await endOne(ctx, ctx.actor.sessionId!, reason).catch(leaveToOthers)
}

/** The same for a browser, which forgets its refresh token, too. */
export async function logout(ctx: Context, cookie: { clear: () => void }): Promise<void> {
  await endSession(ctx)
  cookie.clear()
}

/** Ends one session of the caller, such as the one on a lost telephone. Throws SESSION_NOT_FOUND. */
export async function endSessionById(ctx: Context, id: string): Promise<void> {
  await findLiveSession(ctx, id)
  await endOne(ctx, id)
}

async function endOne(ctx: Context, id: string, reason?: string) {
  await revokeSessions(ctx.env, ctx.actor.id!, [id], tokensEnd(ctx))
  await write(ctx, {
    change: ctx.db
      .update(session)
      .set({ revoked_at: ctx.now })
      .where(and(eq(session.id, id), isNull(session.revoked_at))),
    audit: { entity: 'session', id, ...(reason ? { reason } : {}) },
  })
}

/** Ends every session of the caller but this one. Answers how many those were. */
export async function endOtherSessions(ctx: Context): Promise<{ revoked: number }> {
  const { ids, ending } = await endingSessions(ctx, ctx.actor.id!, ctx.actor.sessionId!)
  if (ids.length > 0)
    await write(ctx, {
      change: ending,
      audit: { entity: 'account', id: ctx.actor.id!, changes: { ended_sessions: { new: ids.length } } },
    })
  return { revoked: ids.length }
}

/**
 * Makes the access tokens of an account's live sessions worthless, and gives the statement that ends those sessions, for the write that
 * is the reason. Should that write fail, their holders need no more than a refresh.
 */
export async function endingSessions(ctx: Context, userId: number, except = '') {
  const live = and(
    eq(session.user_id, userId),
    isNull(session.revoked_at),
    gt(session.expires_at, ctx.now),
    ne(session.id, except),
  )
  const found = await ctx.db.select({ id: session.id }).from(session).where(live)
  const ids = found.map(({ id }) => id)
  if (ids.length > 0) await revokeSessions(ctx.env, userId, ids, tokensEnd(ctx))
  return { ids, ending: ctx.db.update(session).set({ revoked_at: ctx.now }).where(live) }
}

/** Epoch ms after which no access token of now is valid. */
const tokensEnd = (ctx: Context) => Date.parse(ctx.now) + accessTokenSeconds * 1000

/** Deletes sessions whose refresh token has expired: nothing can be done with them any more. */
export const forgetOldSessions = (ctx: Context) =>
  deleteSome(ctx, session, [session.id], lt(session.expires_at, ctx.now))
