import type { Context as HonoContext } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { Actor, Context } from '#/platform/context.ts'
import { type Language, languages } from '#/platform/words.ts'
import type { Connection } from '#/platform/database/connect.ts'
import type { Env } from '#/platform/env.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'
import type { Sound } from '#/platform/validation/sound-fields.ts'

/** What the middleware knows of a request before (and whether or not) an operation is found for it. */
export interface RequestState {
  requestId: string
  /** What the client calls this request and those that belong to it. */
  correlationId?: string | undefined
  language: Language
  /** Whether the request names one of our languages; else that of the account counts once it is known. */
  asksLanguage: boolean
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
  /** The body as far as it is well-formed. */
  given?: Sound
  /** What the body only repeats of the row that it changes. */
  repeated?: Record<string, unknown>
  /** What of it no new row may have, and what is wrong with that unless the row that it changes has it already. */
  older?: { fields: Record<string, unknown>; problems: FieldProblem[] }
  /** What the answer sets in the browser. */
  cookies?: string[]
  /** RateLimit headers of this answer. */
  limitHeaders?: Record<string, string>
}

export type App = { Bindings: Env; Variables: { state: RequestState } }
export type AppContext = HonoContext<App>

const clientsId = /^[A-Za-z0-9._-]{8,128}$/

/** The state of a fresh request. */
export function newState(request: Request): RequestState {
  const asked = askedLanguage(request.headers.get('accept-language'))
  return {
    requestId: ofClient(request, 'x-request-id') ?? crypto.randomUUID(),
    correlationId: ofClient(request, 'x-correlation-id'),
    language: asked ?? 'en',
    asksLanguage: asked !== undefined,
    now: new Date().toISOString(),
    startedAt: performance.now(),
  }
}

/** What a line of the log is found by. */
export const idsOf = ({ requestId, correlationId }: RequestState) => ({
  request_id: requestId,
  ...(correlationId && { correlation_id: correlationId }),
})

function ofClient({ headers }: Request, name: string): string | undefined {
  const given = headers.get(name)
  return given !== null && clientsId.test(given) ? given : undefined
}

/** `en` or `el`, whichever the header ranks higher, if it names one of them. */
function askedLanguage(header: string | null): Language | undefined {
  const wanted = parseAccept(header ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase().split('-')[0])
  return wanted.find((tag): tag is Language => languages.some((language) => language === tag))
}
