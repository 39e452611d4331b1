import type { MiddlewareHandler } from 'hono'
import type { Env } from '#/platform/env.ts'
import { log } from '#/platform/log.ts'
import { count, observe } from '#/platform/metrics/metrics.ts'
import { type App, idsOf } from './request-state.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const slowRequestMs = 1000

/** Delivers what was counted, after the answer. */
type Flush = (env: Env, execution: Pick<ExecutionContext, 'waitUntil'>) => void

/** Counts and times every answer, under the template of its route. Whatever meets no operation shares one label. */
export const measured =
  (flush: Flush): MiddlewareHandler<App> =>
  async (c, next) => {
    await next()
    const state = c.get('state')
    const { startedAt, route = 'unmatched', connection } = state
    const method = methods.has(c.req.method) ? c.req.method : 'other'
    const { status } = c.res
    const ms = performance.now() - startedAt
    count('http_requests_total', [method, route, String(status)])
    observe('http_request_duration_seconds', [method, route], ms / 1000)
    if (ms > slowRequestMs) {
      const { queries = 0, milliseconds = 0, rowsRead = 0 } = connection?.meter ?? {}
      const database = { queries, db_ms: Math.round(milliseconds), rows_read: rowsRead }
      log('warn', 'slow_request', { method, route, status, ms: Math.round(ms), ...database, ...idsOf(state) })
    }
    flush(c.env, c.executionCtx)
  }
