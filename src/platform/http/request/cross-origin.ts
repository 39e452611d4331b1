import { cors } from 'hono/cors'
import type { MiddlewareHandler } from 'hono'
import { type Settings, settingsOf } from '#/platform/env.ts'
import type { App } from './request-state.ts'

const local = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/

/** Lets browsers of the listed origins in, localhost during development. An unlisted origin gets no CORS headers at all. */
export const crossOrigin: MiddlewareHandler<App> = async (c, next) => {
  const origin = c.req.header('origin')
  if (!origin || !isListed(origin, settingsOf(c.env))) return next()
  return handler(c, next)
}

/** Whether pages of this origin may use the API from a browser. */
export function isListed(origin: string, { ENVIRONMENT, CORS_ALLOWED_ORIGINS }: Settings): boolean {
  if (ENVIRONMENT === 'local' && local.test(origin)) return true
  return CORS_ALLOWED_ORIGINS.split(',').some((allowed) => allowed.trim() === origin)
}

const handler = cors({
  origin: (origin) => origin,
  credentials: true,
  allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: [
    'authorization',
    'content-type',
    'if-match',
    'if-none-match',
    'idempotency-key',
    'accept-language',
    'x-request-id',
    'x-correlation-id',
    'x-d1-bookmark',
    'x-turnstile',
  ],
  exposeHeaders: [
    'etag',
    'location',
    'retry-after',
    'content-disposition',
    'content-language',
    'server-timing',
    'x-request-id',
    'x-correlation-id',
    'x-api-version',
    'x-process-time',
    'x-d1-bookmark',
    'x-transcript-issue',
    'ratelimit',
    'ratelimit-policy',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
  ],
  maxAge: 7200,
})
