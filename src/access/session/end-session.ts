import { and, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { isStale, leaveToOthers } from '#/platform/database/write/stale.ts'
import { write } from '#/platform/database/write/write.ts'
import { revokeSessions } from '#/platform/gate/index.ts'
import { endingSessions, tokensEnd, unreachable } from './ending-sessions.ts'
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
  await revokeSessions(ctx.env, ctx.actor.id!, [id], tokensEnd(ctx)).catch(unreachable)
  await write(ctx, {
    change: ctx.db
      .update(session)
      .set({ revoked_at: ctx.now })
      .where(and(eq(session.id, id), isNull(session.revoked_at))),
    audit: { entity: 'session', id, ...(reason ? { reason } : {}) },
  })
}

/** Ends every session of the caller but this one. Answers how many those were. */
export const endOtherSessions = (ctx: Context) => endAll(ctx, 'account', ctx.actor.id!, ctx.actor.sessionId)

/** Ends the sessions of an account and nothing else. `entity` is what the audit log calls the account. */
export async function endAll(ctx: Context, entity: 'account' | 'user', userId: number, except: string | null = null) {
  const ended = ctx.db
    .select({ revoked: sql<number>`count(*)` })
    .from(session)
    .where(and(eq(session.user_id, userId), eq(session.revoked_at, ctx.now), ne(session.id, except ?? '')))
  const end = endingSessions(ctx, { userId, except }, (ending) =>
    write(ctx, {
      change: ending,
      audit: { entity, id: userId, changes: sql`json_object('ended_sessions', json_object('new', ${ended}))` },
      read: ended,
    }),
  )
  return end.then(({ read }) => read[0]!, noneLeft)
}

function noneLeft(error: unknown) {
  if (!isStale(error)) throw error
  return { revoked: 0 }
}

/** Deletes sessions whose refresh token has expired: nothing can be done with them any more. */
export const forgetOldSessions = (ctx: Context) =>
  deleteSome(ctx, session, [session.id], lt(session.expires_at, ctx.now))
