import { and, eq, isNull } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import { countRefresh, countUnknown } from '#/access/proof/index.ts'
import { endSession } from './end-session.ts'
import { findSession, sessionById } from './queries.ts'
import type { RefreshInput, SignedIn } from './schema.ts'
import {
  actorOf,
  handOver,
  newRefreshToken,
  readRefreshToken,
  endOfSession,
  refreshExpiry,
  secondsLater,
  signedIn,
} from './session-tokens.ts'
import { session, spentRefresh } from './table.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

/** How long the token before the present one is taken for a mistake: that of a tab which did not know that another had been quicker. */
const overtakenSeconds = 10

type Cookie = Exclude<Parameters<typeof handOver>[1]['cookie'], false> & { read: () => string | undefined }

/** New tokens for the refresh token in the body or, without one there, for that of the cookie, where the next one is then kept. */
export async function refreshSession(ctx: Context, body: z.output<typeof RefreshInput>, cookie: Cookie) {
  const tokens = await exchanged(ctx, body.refresh_token ?? (await kept(ctx, cookie)) ?? '')
  return handOver(tokens, { cookie: (body.cookie || body.refresh_token === undefined) && cookie })
}

/** What a page of another origin has a browser send counts as what is no token. Throws ORIGIN_REFUSED. */
async function kept(ctx: Context, cookie: Cookie): Promise<string | undefined> {
  try {
    return cookie.read()
  } catch (error) {
    await countUnknown(ctx, 'refresh')
    throw error
  }
}

/**
 * Exchanges a refresh token for new tokens. One that was used before ends the whole session: somebody else may hold a copy. Only the one
 * that was exchanged just now does no harm; it gets no tokens either. Throws REFRESH_OVERTAKEN.
 */
async function exchanged(ctx: Context, refresh_token: string): Promise<SignedIn> {
  const { hash, ...found } = await findPresented(ctx, refresh_token)
  await countRefresh(ctx, found.session)
  if (!found.account.is_active || isOver(found.session, ctx.now)) throw refused()
  if (wasOvertaken(found.session, hash, ctx.now)) throw overtaken()
  const holder = { ...ctx, actor: actorOf(found.account, found.session) }
  if (found.spent) await endSession(holder, 'refresh token used twice')
  if (hash !== found.session.refresh_hash) throw refused()
  const next = await newRefreshToken(ctx, found.session.id)
  const { read } = await write(holder, {
    change: ctx.db
      .update(session)
      .set({
        refresh_hash: next.hash,
        previous_hash: hash,
        last_used_at: ctx.now,
        expires_at: refreshExpiry(ctx.now, found.session.created_at),
      })
      .where(and(eq(session.id, found.session.id), eq(session.refresh_hash, hash), isNull(session.revoked_at))),
    audit: { entity: 'session', id: found.session.id },
    also: [ctx.db.insert(spentRefresh).values({ hash, session_id: found.session.id })],
    read: sessionById(ctx.db, found.session.id),
  }).catch((error: unknown) => {
    throw isStale(error) ? overtaken() : error
  })
  const [now] = read
  if (!now?.account.is_active) throw refused()
  return signedIn(ctx, now.account, now.session, next.token)
}

/** The session whose refresh token this is, or was once. Anything else counts against the address. */
async function findPresented(ctx: Context, refresh_token: string) {
  const presented = readRefreshToken(refresh_token)
  const hash = await sha256Hex(presented?.secret ?? '')
  const found = presented && (await findSession(ctx.db, presented.sessionId, hash))
  if (found && (hash === found.session.refresh_hash || found.spent !== null)) return { ...found, hash }
  await countUnknown(ctx, 'refresh')
  throw refused()
}

type Session = typeof session.$inferSelect

const isOver = ({ revoked_at, expires_at, created_at }: Session, now: string) =>
  revoked_at !== null || expires_at <= now || endOfSession(created_at) <= now

const wasOvertaken = ({ previous_hash, last_used_at }: Session, hash: string, now: string) =>
  hash === previous_hash && now <= secondsLater(last_used_at, overtakenSeconds)

const overtaken = () => new ApiError(identityErrors.REFRESH_OVERTAKEN, {}, { headers: { 'retry-after': '1' } })
const refused = () => new ApiError(identityErrors.INVALID_REFRESH_TOKEN)
