import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { forgettingFailures } from './lockout.ts'
import type { SignedIn } from './schema.ts'
import type { AccountRow } from '#/access/identity/index.ts'
import { actorOf, newRefreshToken, refreshExpiry, signedIn } from './session-tokens.ts'
import { session } from './table.ts'

/**
 * Starts a session for an account that has proved who it is, with the second factor where it has one. `also` are statements of the same write:
 * the code is used up, or there is no session.
 */
export async function startSession(
  ctx: Context,
  account: AccountRow,
  also: readonly Statement[] = [],
): Promise<SignedIn> {
  const sessionId = ctx.newId()
  const refresh = await newRefreshToken(ctx, sessionId)
  const verified_at = ctx.now
  await write(
    { ...ctx, actor: actorOf(account, { id: sessionId, verified_at }) },
    {
      change: ctx.db.insert(session).values({
        id: sessionId,
        user_id: account.id,
        refresh_hash: refresh.hash,
        created_at: ctx.now,
        last_used_at: ctx.now,
        expires_at: refreshExpiry(ctx.now, ctx.now),
        ip: ctx.origin.ip,
        user_agent: ctx.origin.userAgent,
        verified_at,
      }),
      audit: { entity: 'session', id: sessionId },
      also: [...also, forgettingFailures(ctx, await sha256Hex(account.email))],
    },
  )
  count('auth_attempts_total', ['signed_in'])
  return signedIn(ctx, account, { id: sessionId, verified_at }, refresh.token)
}

/** A statement for a write of somebody else: the caller's session was proved just now to be the account's. */
export const settingVerified = (ctx: Context) =>
  ctx.db.update(session).set({ verified_at: ctx.now }).where(eq(session.id, ctx.actor.sessionId!))
