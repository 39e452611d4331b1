import { whole } from '#/platform/database/list/whole.ts'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { signInColumns } from '#/access/identity/index.ts'
import { totp, user } from '#/access/identity/table.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { ApiError } from '#/platform/errors.ts'
import { endOfSession } from './session-tokens.ts'
import { session, spentRefresh } from './table.ts'

/** The caller's sessions that have not ended, the latest first. */
export async function findSessions(ctx: Context) {
  const sessions = await ctx.db
    .select({
      id: session.id,
      created_at: session.created_at,
      last_used_at: session.last_used_at,
      ip: session.ip,
      user_agent: session.user_agent,
    })
    .from(session)
    .where(isLive(ctx))
    .orderBy(desc(session.last_used_at), desc(session.id))
    .limit(200)
  return whole(
    sessions.map((one) => ({
      ...one,
      ends_at: endOfSession(one.created_at),
      current: one.id === ctx.actor.sessionId,
    })),
  )
}

/** One of them. Throws SESSION_NOT_FOUND. */
export async function findLiveSession(ctx: Context, id: string) {
  const [found] = await ctx.db
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.id, id), isLive(ctx)))
  if (!found) throw new ApiError(identityErrors.SESSION_NOT_FOUND)
  return found
}

const isLive = (ctx: Context) =>
  and(eq(session.user_id, ctx.actor.id ?? 0), isNull(session.revoked_at), gt(session.expires_at, ctx.now))

/** The caller's own session, unless it is over. */
export const ownLive = (ctx: Context) => and(eq(session.id, ctx.actor.sessionId ?? ''), isLive(ctx))

/** The same as a statement for a batch. */
export const ownSession = (ctx: Context) => ctx.db.select({ id: session.id }).from(session).where(ownLive(ctx))

/** Whether the database knows of an end of the caller's session. */
export const isOwnSessionLive = async (ctx: Context) => (await ownSession(ctx)).length > 0

/** Fails the batch when the caller's session is over by then. */
export const expectOwnSession = (ctx: Context) => expectThat(ctx, sql`exists ${ownSession(ctx)}`)

/** A session with its account as they are now, for the batch that renews or proves it. */
export const sessionById = (db: Database, id: string) =>
  db
    .select({ session, account: signInColumns })
    .from(session)
    .innerJoin(user, eq(session.user_id, user.id))
    .leftJoin(totp, eq(totp.user_id, user.id))
    .where(eq(session.id, id))

/** A session with its account (both must still be there), and whether the presented secret is one that was used before. */
export async function findSession(db: Database, id: string, hash: string) {
  const [found] = await db
    .select({ session, account: signInColumns, spent: spentRefresh.hash })
    .from(session)
    .innerJoin(user, eq(session.user_id, user.id))
    .leftJoin(totp, eq(totp.user_id, user.id))
    .leftJoin(spentRefresh, and(eq(spentRefresh.session_id, session.id), eq(spentRefresh.hash, hash)))
    .where(eq(session.id, id))
  return found
}
