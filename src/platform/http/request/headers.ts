import type { MiddlewareHandler } from 'hono'
import { apiVersion } from '#/platform/http/envelope.ts'
import type { App, RequestState } from './request-state.ts'

/** The same for everybody; an answer may set its own in their place. */
const fixed = {
  vary: 'Accept-Language',
  'x-api-version': apiVersion,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
}

/** Headers that every answer has. One that is made with them costs less than one that gets each of them set. */
export function everyHeader(state: RequestState): Record<string, string> {
  const { requestId, correlationId, limitHeaders, connection } = state
  const bookmark = connection?.meter.roundTrips ? connection.bookmark() : null
  return {
    ...fixed,
    'x-request-id': requestId,
    ...(correlationId && { 'x-correlation-id': correlationId }),
    ...limitHeaders,
    ...timing(state),
    ...(bookmark && { 'x-d1-bookmark': bookmark }),
  }
}

/** Gives every answer its headers, those included that something else made: errors, files, pages. Runs outermost. */
export const everyAnswer: MiddlewareHandler<App> = async (c, next) => {
  await next()
  const { headers } = c.res
  for (const cookie of c.get('state').cookies ?? []) headers.append('set-cookie', cookie)
  if (headers.has('x-request-id')) return
  headers.append('vary', fixed.vary)
  for (const [name, value] of Object.entries(everyHeader(c.get('state')))) {
    if (!headers.has(name)) headers.set(name, value)
  }
}

function timing({ startedAt, connection }: RequestState) {
  const total = performance.now() - startedAt
  const { queries = 0, roundTrips = 0, milliseconds = 0 } = connection?.meter ?? {}
  return {
    'server-timing': `total;dur=${total.toFixed(1)}, db;dur=${milliseconds.toFixed(1)};desc="${queries} queries in ${roundTrips} round trips"`,
    'x-process-time': (total / 1000).toFixed(4),
  }
}
