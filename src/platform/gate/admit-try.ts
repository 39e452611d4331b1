import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { unavailable } from './admit.ts'
import { ask, retryAfter } from './ask.ts'

/** Five tries an hour, whatever the scale of other limits: what is guessed at has few possibilities. */
const limit = { name: 'try', requests: 5, windowSeconds: 3600 }

/**
 * Counts a try at what stands behind something that others may have, such as a printed code: by that thing, not by who tries. Throws RATE_LIMITED
 * when there were too many, SERVICE_UNAVAILABLE when nobody can count.
 */
export async function admitTry({ env, settings }: Pick<Context, 'env' | 'settings'>, at: string): Promise<void> {
  const question = { limits: [limit], lasting: true }
  const answer = await ask(env, settings, { subject: `try:${at}`, limit: 'verify', question })
  if (!answer) throw unavailable()
  if (answer.allowed) return
  count('rate_limited_total', ['verify'])
  const seconds = retryAfter(answer)
  throw new ApiError(sharedErrors.RATE_LIMITED, { seconds }, { headers: { 'retry-after': String(seconds) } })
}
