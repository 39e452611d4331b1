import { eq, lt, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { ApiError } from '#/platform/errors.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { secondsLater } from './session-tokens.ts'
import { signInFailure } from './table.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

const allowedFailures = 5
const countedSeconds = 300
const lockedSeconds = 300

/** Throws ACCOUNT_LOCKED while too many sign-ins with an e-mail have failed, whether an account has it or not. */
export function requireUnlocked(failed: typeof signInFailure.$inferSelect | undefined, now: string): void {
  if (!failed?.locked_until || failed.locked_until <= now) return
  count('auth_attempts_total', ['locked'])
  const seconds = Math.ceil((Date.parse(failed.locked_until) - Date.parse(now)) / 1000)
  throw new ApiError(identityErrors.ACCOUNT_LOCKED, { seconds }, { headers: { 'retry-after': String(seconds) } })
}

/** A statement that counts a failed sign-in; the fifth within five minutes locks for five minutes. */
export function countingFailure(ctx: Context, email_hash: string) {
  const { failures, since } = signInFailure
  const isOld = sql`${since} < ${secondsLater(ctx.now, -countedSeconds)}`
  const counted = sql<number>`iif(${isOld}, 1, ${failures} + 1)`
  return ctx.db
    .insert(signInFailure)
    .values({ email_hash, failures: 1, since: ctx.now, locked_until: null })
    .onConflictDoUpdate({
      target: signInFailure.email_hash,
      set: {
        failures: counted,
        since: sql`iif(${isOld}, ${ctx.now}, ${since})`,
        locked_until: sql`iif(${counted} >= ${allowedFailures}, ${secondsLater(ctx.now, lockedSeconds)}, null)`,
      },
    })
}

/** A statement that forgets the failures of an e-mail: after a sign-in that worked, or by an administrator. */
export const forgettingFailures = (ctx: Context, emailHash: string) =>
  ctx.db.delete(signInFailure).where(eq(signInFailure.email_hash, emailHash))

/** Failures that count no more. A lock lasts no longer than failures count, so none is cut short. */
export const forgetOldFailures = (ctx: Context) =>
  deleteSome(
    ctx,
    signInFailure,
    [signInFailure.email_hash],
    lt(signInFailure.since, secondsLater(ctx.now, -(countedSeconds + lockedSeconds))),
  )
