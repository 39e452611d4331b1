import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { sha256Hex } from '../../digest.ts'
import { write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { endSession } from './end-session.ts'
import { findSession } from './queries.ts'
import type { SignedIn } from './schema.ts'
import {
  actorOf,
  newRefreshToken,
  readRefreshToken,
  refreshTokenSeconds,
  secondsLater,
  signedIn,
} from './session-tokens.ts'
import { session, spentRefresh } from './table.ts'

/** Exchanges a refresh token for new tokens. One that was used before ends the whole session: somebody else may hold a copy. */
export async function refreshSession(ctx: Context, refresh_token: string): Promise<SignedIn> {
  const presented = readRefreshToken(refresh_token)
  if (!presented) throw refused()
  const hash = await sha256Hex(presented.secret)
  const found = await findSession(ctx.db, presented.sessionId, hash)
  if (!found || !found.account.is_active || found.session.revoked_at || found.session.expires_at <= ctx.now)
    throw refused()
  const holder = { ...ctx, actor: actorOf(found.account, found.session) }
  if (found.spent) await endSession(holder, 'refresh token used twice')
  if (hash !== found.session.refresh_hash) throw refused()
  const next = await newRefreshToken(ctx, found.session.id)
  await write(holder, {
    change: ctx.db
      .update(session)
      .set({ refresh_hash: next.hash, last_used_at: ctx.now, expires_at: secondsLater(ctx.now, refreshTokenSeconds) })
      .where(and(eq(session.id, found.session.id), eq(session.refresh_hash, hash), isNull(session.revoked_at))),
    audit: { entity: 'session', id: found.session.id },
    also: [ctx.db.insert(spentRefresh).values({ hash, session_id: found.session.id })],
  })
  return signedIn(ctx, found.account, found.session, next.token)
}

const refused = () => new ApiError('INVALID_REFRESH_TOKEN')
