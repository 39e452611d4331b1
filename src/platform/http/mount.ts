import type { Hono } from 'hono'
import type { Context } from '#/platform/context.ts'
import { storeResponse } from '#/platform/database/write/idempotency.ts'
import { bodyGuards, charsetOf, mediaTypeOf } from '#/platform/http/request/body.ts'
import { type Endpoint, fullPath, statusOf, takesIdempotencyKey } from './endpoint.ts'
import { successText } from './envelope.ts'
import { etagOf } from '#/platform/http/request/etag.ts'
import { type Format, isFormat } from './format.ts'
import { accessControl, type Guards } from '#/platform/http/request/access-control.ts'
import { deviceCookie } from '#/platform/http/request/device-cookie.ts'
import { hasRules, withFurtherProblems } from '#/platform/http/checks/all-problems.ts'
import { everyHeader } from '#/platform/http/request/headers.ts'
import { idempotencyOf, replayed } from '#/platform/http/request/idempotency.ts'
import { requireUnchanged } from '#/platform/http/checks/repeated.ts'
import { refreshCookie } from '#/platform/http/request/refresh-cookie.ts'
import { type App, type AppContext, idsOf } from '#/platform/http/request/request-state.ts'
import { describe, log } from '#/platform/log.ts'
import { routeOrder } from '#/platform/http/routing/route-order.ts'
import { validators } from '#/platform/http/checks/validate.ts'
import { blamed } from '#/platform/validation/blamed.ts'

/** Serves every endpoint, whatever their order: access control, body guards, validation, handler, answer. No route exists outside of it. */
export function mount(app: Hono<App>, endpoints: readonly Endpoint[], guards: Guards) {
  for (const endpoint of routeOrder(endpoints)) {
    const steps = [accessControl(endpoint, guards), ...bodyGuards(endpoint), ...validators(endpoint)]
    app.on(endpoint.method, [fullPath(endpoint)], ...steps, (c) => answer(c, endpoint))
  }
}

async function answer(c: AppContext, endpoint: Endpoint): Promise<Response> {
  const ctx = c.get('state').ctx!
  if (!takesIdempotencyKey(endpoint)) return handled(c, endpoint, ctx)
  ctx.idempotency = await idempotencyOf(c, endpoint)
  return (
    (await replay(c, endpoint, ctx)) ??
    handled(c, endpoint, ctx).catch((error: unknown) => overtaken(c, endpoint, ctx, error))
  )
}

/** Of two requests with one key the slower one fails, for whatever reason comes first. It then gets the answer of the quicker one. */
async function overtaken(c: AppContext, endpoint: Endpoint, ctx: Context, error: unknown): Promise<Response> {
  const answered = await replay(c, endpoint, ctx)
  if (answered) return answered
  throw error
}

async function replay(c: AppContext, endpoint: Endpoint, ctx: Context): Promise<Response | undefined> {
  const before = await replayed(ctx, endpoint)
  if (!before) return undefined
  const data = JSON.parse(before.text) as unknown
  const headers = { ...endpoint.headers?.(data), 'idempotent-replayed': 'true' }
  return envelope(c, before.text, before.status, versionOf(data), headers)
}

async function handled(c: AppContext, endpoint: Endpoint, ctx: Context): Promise<Response> {
  const { params, query, body, bodyType = 'json', returns } = endpoint
  const valid = (target: string) => c.req.valid(target as never) as unknown
  const state = c.get('state')
  if (state.repeated ?? state.older) await requireUnchanged(ctx, endpoint, params && valid('param'), state)
  const call = {
    ctx,
    params: params && valid('param'),
    query: query && valid('query'),
    body: body && valid(bodyType),
    upload: endpoint.upload && uploadOf(c),
    cookie: refreshCookie(c),
    device: deviceCookie(c),
  }
  const result = await done(endpoint, call)
  if (isFormat(returns)) return formatted(c, returns, result)
  const data = endpoint.present(result, ctx.actor.role)
  const text = JSON.stringify(data)
  if (ctx.idempotency && !endpoint.confidential)
    // The write is made: what goes wrong here must not be answered in its place.
    await storeResponse(ctx, ctx.idempotency.key, text).catch((error: unknown) =>
      log('error', 'response_not_stored', { ...idsOf(c.get('state')), ...describe(error) }),
    )
  const status = endpoint.isAccepted?.(result) ? 202 : endpoint.isRehearsed?.(result) ? 200 : statusOf(endpoint)
  return envelope(c, text, status, versionOf(data), endpoint.headers?.(data))
}

/** What the handler makes of it. A refusal of a row names all that is wrong with it. */
async function done(endpoint: Endpoint, call: Parameters<Endpoint['handle']>[0]): Promise<unknown> {
  try {
    return await endpoint.handle(call)
  } catch (error) {
    const told = blamed(error, endpoint.body, call.ctx)
    throw hasRules(endpoint) ? await withFurtherProblems(told, endpoint, call) : told
  }
}

const uploadOf = (c: AppContext) => ({
  mediaType: mediaTypeOf(c.req.raw)!,
  charset: charsetOf(c.req.raw),
  bytes: c.req.raw.body ?? new Blob().stream(),
})

const formatted = (c: AppContext, format: Format<unknown>, result: unknown) =>
  format.respond(result, {
    request: c.req.raw,
    envelope: (data, status = format.status ?? 200) => envelope(c, JSON.stringify(data), status),
  })

function envelope(
  c: AppContext,
  data: string,
  status: number,
  version?: number,
  extra: Record<string, string> = {},
): Response {
  const state = c.get('state')
  const etag = version === undefined ? undefined : etagOf(version, data)
  if (etag && ['GET', 'HEAD'].includes(c.req.method) && matches(c.req.header('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: { etag } })
  }
  const type = { 'content-type': 'application/json; charset=utf-8' }
  const headers = { ...everyHeader(state), ...type, ...(etag && { etag }), ...extra }
  return new Response(successText(data, state.requestId, state.now), { status, headers })
}

/** Weak comparison, as RFC 9110 asks for If-None-Match. */
const matches = (header: string | undefined, etag: string) =>
  header !== undefined && header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)

/** A single resource has a row version; lists and reports do not. */
const versionOf = (data: unknown): number | undefined =>
  typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number'
    ? data.version
    : undefined
