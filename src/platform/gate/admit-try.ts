import { toBase64url } from '#/platform/encoding/base64url.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { inTime } from '#/platform/in-time.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { gateOf, patienceMs } from './admit.ts'

/** Five tries an hour, whatever the scale of other limits: what is guessed at has few possibilities. */
const limit = { name: 'try', requests: 5, windowSeconds: 3600 }

/**
 * Counts a try at what stands behind something that others may have, such as a printed code: by that thing, not by who tries. Throws RATE_LIMITED
 * when there were too many, SERVICE_UNAVAILABLE when nobody can count.
 */
export async function admitTry({ env, settings }: Pick<Context, 'env' | 'settings'>, at: string): Promise<void> {
  const name = await nameOf(settings.TRANSCRIPT_KEY, at)
  const { allowed, resetSeconds } = await inTime(
    () => gateOf(env, name).ask({ limits: [limit], sessionId: null }),
    patienceMs,
  ).catch((error: unknown) => {
    count('rate_limiter_failures_total', [])
    log('error', 'rate_limiter_unreachable', { class: limit.name, ...describe(error) })
    throw new ApiError(sharedErrors.SERVICE_UNAVAILABLE, {}, { headers: { 'retry-after': '5' } })
  })
  if (allowed) return
  count('rate_limited_total', ['public'])
  const seconds = Math.max(1, resetSeconds)
  throw new ApiError(sharedErrors.RATE_LIMITED, { seconds }, { headers: { 'retry-after': String(seconds) } })
}

/** What is counted rests in no name of an object. */
async function nameOf(key: string, at: string): Promise<string> {
  const bytes = new TextEncoder()
  const hmac = await crypto.subtle.importKey(
    'raw',
    bytes.encode(`gate:${key}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return `try:${toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', hmac, bytes.encode(at))))}`
}
