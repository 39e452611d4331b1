import type { Context } from '../../context.ts'
import { type Statement, write } from '../../database/write.ts'
import { count } from '../../metrics.ts'
import { forgettingFailures } from './lockout.ts'
import type { SignedIn } from './schema.ts'
import {
  type AccountRow,
  actorOf,
  hashSecret,
  newRefreshToken,
  refreshTokenSeconds,
  secondsLater,
  signedIn,
} from './session-tokens.ts'
import { session } from './table.ts'

interface Proof {
  /** Whether a one-time code was given. */
  secondFactor?: boolean
  /** Statements of the same write: the code is used up, or there is no session. */
  also?: readonly Statement[]
}

/** Starts a session for an account that has proved who it is, with the second factor where it has one. */
export async function startSession(
  ctx: Context,
  account: AccountRow,
  { secondFactor = false, also = [] }: Proof,
): Promise<SignedIn> {
  const sessionId = ctx.newId()
  const refresh = await newRefreshToken(ctx, sessionId)
  const verified_at = secondFactor ? ctx.now : null
  await write(
    { ...ctx, actor: actorOf(account, { id: sessionId, verified_at }) },
    {
      change: ctx.db.insert(session).values({
        id: sessionId,
        user_id: account.id,
        refresh_hash: refresh.hash,
        created_at: ctx.now,
        last_used_at: ctx.now,
        expires_at: secondsLater(ctx.now, refreshTokenSeconds),
        ip: ctx.origin.ip,
        user_agent: ctx.origin.userAgent,
        verified_at,
      }),
      audit: { entity: 'session', id: sessionId },
      also: [...also, forgettingFailures(ctx, await hashSecret(account.email))],
    },
  )
  count('auth_attempts_total', ['signed_in'])
  return signedIn(ctx, account, { id: sessionId, verified_at }, refresh.token)
}
