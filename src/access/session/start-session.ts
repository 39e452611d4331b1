import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { count } from '#/platform/metrics/metrics.ts'
import type { SignedIn } from './schema.ts'
import { deviceToken } from '#/access/proof/index.ts'
import { type AccountRow, expectAccount } from '#/access/identity/index.ts'
import { ownLive } from './queries.ts'
import { actorOf, newRefreshToken, refreshExpiry, signedIn } from './session-tokens.ts'
import { session } from './table.ts'

/**
 * Starts a session for an account that has proved who it is, with the second factor where it has one: by then the account must be as it was
 * read. `also` are statements of the same write: the code is used up, or there is no session. Throws STALE_STATE.
 */
export async function startSession(
  ctx: Context,
  account: AccountRow,
  also: readonly Statement[] = [],
): Promise<SignedIn & { device: string | undefined }> {
  const id = ctx.newId()
  const refresh = await newRefreshToken(ctx, id)
  const proved = { id, verified_at: ctx.now, by_code: account.totp_confirmed_at !== null }
  await write(
    { ...ctx, actor: actorOf(account, proved) },
    {
      change: ctx.db.insert(session).values({
        ...proved,
        user_id: account.id,
        refresh_hash: refresh.hash,
        created_at: ctx.now,
        last_used_at: ctx.now,
        expires_at: refreshExpiry(ctx.now, ctx.now),
        ip: ctx.origin.ip,
        user_agent: ctx.origin.userAgent,
      }),
      audit: { entity: 'session', id },
      also: [...also, expectAccount(ctx, account)],
    },
  )
  count('auth_attempts_total', ['signed_in'])
  return { ...(await signedIn(ctx, account, proved, refresh.token)), device: await deviceToken(ctx, account) }
}

type Proof = 'code' | 'password'

/** A statement for a write of somebody else: the caller's session was proved just now to be the account's. It changes nothing when the session is over. */
export const settingVerified = (ctx: Context, by: Proof) =>
  ctx.db
    .update(session)
    .set({ verified_at: ctx.now, by_code: by === 'code' })
    .where(ownLive(ctx))
