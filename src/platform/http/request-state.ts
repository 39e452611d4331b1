import type { Context as HonoContext } from 'hono'
import type { Actor, Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import type { Connection } from '#/platform/database/connect.ts'
import type { Env } from '#/platform/env.ts'

/** What the middleware knows of a request before (and whether or not) an operation is found for it. */
export interface RequestState {
  requestId: string
  language: Language
  now: string
  startedAt: number
  connection?: Connection
  actor?: Actor
  /** Set by the gate; the use case sees nothing of the request but this. */
  ctx?: Context
  /** Route template, for logs and metrics. */
  route?: string
  /** What the answer sets in the browser. */
  cookie?: string
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
  if (header === null) return 'en'
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const q = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ language, q }) => (language === 'en' || language === 'el') && q > 0)
    .toSorted((a, b) => b.q - a.q)
  return (ranked[0]?.language as Language | undefined) ?? 'en'
}
