import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { isUnreachable } from '#/platform/database/steady/index.ts'
import { isMaintenance } from '#/platform/database/write/stale.ts'
import { ApiError } from '#/platform/errors.ts'
import { closeAccount, reopenAccount, unavailable } from '#/platform/gate/index.ts'
import { describe, log } from '#/platform/log.ts'
import { accessTokenSeconds } from './access-token.ts'
import { session } from './table.ts'

/** How long new tokens stay refused, too, when nobody comes to open the account again: longer than any batch of the database. */
const closedMs = 60_000

interface Whose {
  userId: number
  /** The one session that goes on. */
  except?: string | null
  /** What its access tokens say is true no more: it goes on with a refresh. */
  mustRefresh?: true
}

/**
 * Does a write that ends the sessions of an account, by the statement that `act` puts into its batch. Sessions that begin between a read and
 * that batch end, too. Meanwhile no token but those of `except` is good; afterwards those of the sessions that ended are not.
 */
export async function endingSessions<Done>(
  ctx: Context,
  { userId, except = null, mustRefresh }: Whose,
  act: (ending: Statement) => Promise<Done>,
): Promise<Done> {
  const id = ctx.newId()
  const until = tokensEnd(ctx) + closedMs
  const reopen = (ended: readonly string[], from?: number) => reopenAccount(ctx.env, userId, id, { ended, until, from })
  const others = and(eq(session.user_id, userId), ne(session.id, except ?? ''))
  await closeAccount(ctx.env, userId, id, { except, before: Date.now() + closedMs, until }).catch(unreachable)
  const ending = ctx.db
    .update(session)
    .set({ revoked_at: ctx.now })
    .where(and(others, isNull(session.revoked_at)))
  const reopenAsWritten = () =>
    findIds(ctx, and(others, eq(session.revoked_at, ctx.now)))
      .then((ended) => reopen(ended, mustRefresh && Date.now()))
      .catch((error: unknown) => log('error', 'account_stays_closed', { user_id: userId, ...describe(error) }))
  const done = await act(ending).catch(async (error: unknown) => {
    if (isUndone(error)) await reopen([])
    else if (!isUnreachable(error)) await reopenAsWritten()
    throw error
  })
  await reopenAsWritten()
  return done
}

/** Without the Gate nothing is written: access tokens would go on. */
export function unreachable(error: unknown): never {
  log('error', 'rate_limiter_unreachable', describe(error))
  throw unavailable()
}

/** Whether nothing was written for certain. Where not even the database can be asked, the account stays closed for a minute to all but `except`. */
const isUndone = (error: unknown) => error instanceof ApiError && (error.status < 500 || isMaintenance(error))

async function findIds(ctx: Context, where: ReturnType<typeof and>) {
  const found = await ctx.db.select({ id: session.id }).from(session).where(where)
  return found.map(({ id }) => id)
}

/** Epoch ms after which no access token of now is valid. */
export const tokensEnd = (ctx: Context) => Date.parse(ctx.now) + accessTokenSeconds * 1000
