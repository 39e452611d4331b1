import type { Context as HonoContext } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { Actor, Context } from '#/platform/context.ts'
import { type Language, languages } from '#/platform/words.ts'
import type { Connection } from '#/platform/database/connect.ts'
import type { Env } from '#/platform/env.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'

/** What the middleware knows of a request before (and whether or not) an operation is found for it. */
export interface RequestState {
  requestId: string
  language: Language
  now: string
  startedAt: number
  connection?: Connection
  actor?: Actor
  /** Set by access control; the use case sees nothing of the request but this. */
  ctx?: Context
  /** Route template, for logs and metrics. */
  route?: string
  /** What the validators have found wrong so far. */
  problems?: FieldProblem[]
  /** What the body only repeats of the row that it changes. */
  repeated?: Record<string, unknown>
  /** What the answer sets in the browser. */
  cookies?: string[]
  /** RateLimit headers of this answer. */
  limitHeaders?: Record<string, string>
}

export type App = { Bindings: Env; Variables: { state: RequestState } }
export type AppContext = HonoContext<App>

const clientRequestId = /^[A-Za-z0-9._-]{8,128}$/

/** The state of a fresh request. */
export function newState(request: Request): RequestState {
  const given = request.headers.get('x-request-id')
  return {
    requestId: given && clientRequestId.test(given) ? given : crypto.randomUUID(),
    language: preferredLanguage(request.headers.get('accept-language')),
    now: new Date().toISOString(),
    startedAt: performance.now(),
  }
}

/** `en` or `el`, whichever the header ranks higher; English when it names neither. */
function preferredLanguage(header: string | null): Language {
  const wanted = parseAccept(header ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase().split('-')[0])
  return wanted.find((tag): tag is Language => languages.some((language) => language === tag)) ?? 'en'
}
