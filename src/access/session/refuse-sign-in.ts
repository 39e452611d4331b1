import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/digest.ts'
import { recordDenial } from '#/platform/database/write.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { countingFailure } from './lockout.ts'
import { type AccountRow, actorOf } from './session-tokens.ts'

/** Counts a failed sign-in. One on a known account leaves a row in the audit log; an unknown e-mail has no account to speak of. */
export async function refuseSignIn(ctx: Context, email: string, account: AccountRow | undefined, summary: string) {
  count('auth_attempts_total', ['refused'])
  const counting = countingFailure(ctx, await sha256Hex(email))
  if (!account) return counting.run()
  const actor = actorOf(account, { id: '', verified_at: null })
  const attempt = { ...ctx, actor, origin: { ...ctx.origin, status: 401 } }
  return recordDenial(attempt, { entity: 'account', id: account.id, summary }, [counting])
}
