import type { MiddlewareHandler } from 'hono'
import { log } from '../log.ts'
import { apiVersion } from './envelope.ts'
import type { App, RequestState } from './request-state.ts'

/** The same for everybody; an answer may set its own in their place. */
const fixed = {
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

const slowRequestMs = 1000

/** What is known before the answer is made. One that is made with these costs less than one that gets each of them set. */
export const knownHeaders = ({ requestId, limitHeaders }: RequestState): Record<string, string> => ({
  ...fixed,
  'x-request-id': requestId,
  ...limitHeaders,
})

/** Headers that every answer has, errors included, and the log line of a slow one. Runs outermost. */
export const everyAnswer: MiddlewareHandler<App> = async (c, next) => {
  await next()
  const state = c.get('state')
  const { headers } = c.res
  if (!headers.has('x-request-id')) {
    for (const [name, value] of Object.entries(knownHeaders(state))) if (!headers.has(name)) headers.set(name, value)
  }
  headers.append('vary', 'Accept-Language')
  timing(headers, state)
  const bookmark = state.connection?.meter.roundTrips ? state.connection.bookmark() : null
  if (bookmark) headers.set('x-d1-bookmark', bookmark)
}

function timing(headers: Headers, { startedAt, connection, requestId, route }: RequestState) {
  const total = performance.now() - startedAt
  const { queries = 0, roundTrips = 0, milliseconds = 0 } = connection?.meter ?? {}
  const database = `db;dur=${milliseconds.toFixed(1)};desc="${queries} queries in ${roundTrips} round trips"`
  headers.set('server-timing', `total;dur=${total.toFixed(1)}, ${database}`)
  headers.set('x-process-time', (total / 1000).toFixed(4))
  if (total > slowRequestMs)
    log('warn', 'slow_request', { route, ms: Math.round(total), queries, request_id: requestId })
}
