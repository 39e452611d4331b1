import type { MiddlewareHandler } from 'hono'
import { log } from '../log.ts'
import { apiVersion } from './envelope.ts'
import type { App, RequestState } from './request-state.ts'

const fixed: [string, string][] = [
  ['x-api-version', apiVersion],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains; preload'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  [
    'permissions-policy',
    'accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  ],
]

const slowRequestMs = 1000

/** Headers that every answer has, errors included, and the log line of a slow one. Runs outermost. */
export const everyAnswer: MiddlewareHandler<App> = async (c, next) => {
  await next()
  const state = c.get('state')
  const { headers } = c.res
  for (const [name, value] of fixed) headers.set(name, value)
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.append('vary', 'Accept-Language')
  headers.set('x-request-id', state.requestId)
  for (const [name, value] of Object.entries(state.limitHeaders ?? {})) headers.set(name, value)
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
