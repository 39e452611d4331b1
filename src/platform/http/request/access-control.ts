import { forbidden } from '#/platform/forbidden.ts'
import type { MiddlewareHandler } from 'hono'
import { type Actor, anonymous, type Context, newId, type Origin } from '#/platform/context.ts'
import { connect } from '#/platform/database/connect.ts'
import { tellHead } from '#/platform/audit/tell-head.ts'
import { recordDenial } from '#/platform/audit/record-denial.ts'
import { type Env, type Settings, settingsOf } from '#/platform/env.ts'
import { ApiError, ProofRefused } from '#/platform/errors.ts'
import type { Admission } from '#/platform/gate/index.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { reachOf } from '#/platform/policy.ts'
import { type LimitClass, type Role } from '#/platform/words.ts'
import type { Reach } from '#/platform/policy.ts'
import { type Declaration, statusOf, templateOf } from '#/platform/http/endpoint.ts'
import { deviceIn } from './device-cookie.ts'
import { versionsIn } from './etag.ts'
import type { App, AppContext } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** What access control asks of the modules; app.ts wires them, so that http/ knows no module. */
export interface Guards {
  /** Who holds this access token; undefined when it is not valid. */
  authenticate: (settings: Settings, token: string, now: string) => Promise<Holder | undefined>
  /** Compares what was presented as a secret of the deployment. Throws when it is not that. */
  proveKeeper: (ctx: Context, secret: NonNullable<Declaration['secret']>, presented: string) => Promise<unknown>
  /** Counts the request and looks whether the session was revoked: one hop. */
  admit: (env: Env, settings: Settings, asked: Holder & { ip: string | null; limit: LimitClass }) => Promise<Admission>
  /** Whether the caller's session goes on, as the database knows it. */
  isLive: (ctx: Context) => Promise<boolean>
}

/** Whom an access token is for, when it was signed (epoch ms), and whether it has expired since. */
interface Holder {
  actor: Actor
  issuedAt: number
  isOver?: boolean
}
const nobody: Holder = { actor: anonymous, issuedAt: 0 }

/** Authenticates, counts, checks the permission and builds the Context that the use case gets. */
export const accessControl = (declaration: Declaration, guards: Guards): MiddlewareHandler<App> => {
  const { method, permission, secret, limit = method === 'get' ? 'read' : 'write', precondition, stepUp } = declaration
  const { withoutSecondFactor } = declaration
  const route = templateOf(declaration)
  const isPublic = reachOf(permission, 'anonymous') !== undefined
  const status = statusOf(declaration)
  const contextFor = (c: AppContext, { actor }: Holder, answered: number, reach: Reach = 'own') =>
    contextOf(c, actor, declaration, reach, originOf(c, declaration, answered))
  // What is open to everybody asks nobody who they are: a token that has ended is worth no more there than none.
  const holderOf = async (c: AppContext): Promise<Holder | undefined> => {
    if (!secret) return isPublic ? nobody : identify(c, guards)
    await guards.proveKeeper(contextFor(c, nobody, 401), secret, bearerToken(c) ?? '')
    return nobody
  }
  const require = async (c: AppContext, holder: Holder, { unknown }: Admission) => {
    const state = c.get('state')
    const { actor } = holder
    const reach = secret ? 'any' : reachOf(permission, actor.role as Role)
    if (!reach) throw actor.role === 'anonymous' ? unauthenticated() : forbidden(permission, actor.role)
    if (!isPublic && !secret && !withoutSecondFactor && isUnprotected(actor, settingsOf(c.env)))
      throw new ApiError(sharedErrors.SECOND_FACTOR_REQUIRED)
    if (stepUp && !isFresh(actor, state.now)) throw new ApiError(sharedErrors.STEP_UP_REQUIRED)
    if (precondition && !c.req.header('if-match')) throw new ApiError(sharedErrors.PRECONDITION_REQUIRED)
    state.ctx = contextFor(c, holder, status, reach)
    if (stepUp && unknown && !(await guards.isLive(state.ctx))) throw unauthenticated()
  }
  return async (c, next) => {
    const state = c.get('state')
    state.route = route
    const holder = await holderOf(c)
    if (holder && !state.asksLanguage) state.language = holder.actor.language ?? state.language
    const ip = c.req.header('cf-connecting-ip') ?? null
    // Whoever has no token of ours is counted by address, apart from whom others sign in as there.
    const asked = holder ? { ...holder, limit } : { ...nobody, limit: 'read' as const }
    const admission = await guards.admit(c.env, settingsOf(c.env), { ...asked, ip })
    state.limitHeaders = admission.headers
    if (!admission.allowed) throw tooMany(asked.limit, admission)
    if (!holder || holder.isOver || admission.revoked) throw unauthenticated()
    const recorded = (error: unknown) => recordRefusal(error, () => state.ctx ?? contextFor(c, holder, 403))
    try {
      await require(c, holder, admission).catch(recorded)
      await next()
      if (c.error) await recorded(c.error).catch(() => undefined)
    } finally {
      if (admission.settle) c.executionCtx.waitUntil(admission.settle({ failed: c.error instanceof ProofRefused }))
    }
  }
}

const freshCodeMs = 5 * 60 * 1000
const freshPasswordMs = 10 * 60 * 1000

const isFresh = ({ hasSecondFactor, verifiedAt }: Actor, now: string) =>
  Date.parse(now) - verifiedAt <= (hasSecondFactor ? freshCodeMs : freshPasswordMs)

/** That the account has a second factor is not enough: this session must have given a code of it. The access token says both. */
const isUnprotected = ({ role, hasSecondFactor, verifiedAt }: Actor, { SECOND_FACTOR_ROLES }: Settings) =>
  !(hasSecondFactor && verifiedAt > 0) && SECOND_FACTOR_ROLES.some((one) => one === role)

/**
 * Who tries what is refused to them leaves a row in the audit log, which the error says more of. Not so an account that is still to set up
 * its second factor: it is told so with all that it asks for. Throws the error.
 */
async function recordRefusal(error: unknown, contextOfIt: () => Context): Promise<never> {
  const { SECOND_FACTOR_REQUIRED, HTTP_403 } = sharedErrors
  if (error instanceof ApiError && error.status === 403 && error.declared !== SECOND_FACTOR_REQUIRED) {
    const ctx = contextOfIt()
    const refusal = error.declared
    const summary = refusal === HTTP_403 ? 'role does not allow this' : `refused: ${refusal.code}`
    await recordDenial(ctx, { entity: 'account', id: ctx.actor.id, summary, refusal, ...error.about })
  }
  throw error
}

/** A token in an address opens something: what rests of that address is its template. */
const originOf = (c: AppContext, declaration: Declaration, status: number): Origin => ({
  method: c.req.method,
  path: declaration.path.includes('/:token') ? templateOf(declaration) : c.req.path,
  status,
  ip: c.req.header('cf-connecting-ip') ?? null,
  userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null,
  device: deviceIn(c),
})

async function identify(c: AppContext, guards: Guards): Promise<Holder | undefined> {
  const token = bearerToken(c)
  return token ? guards.authenticate(settingsOf(c.env), token, c.get('state').now) : undefined
}

const bearerToken = (c: AppContext) => /^Bearer ([\w.~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1]

function contextOf(
  c: AppContext,
  actor: Actor,
  { id, method, permission }: Pick<Declaration, 'id' | 'method' | 'permission'>,
  reach: Reach,
  origin: Origin,
): Context {
  const { now, requestId, language, route = '' } = c.get('state')
  const connection = connect(c.env.DB, {
    mode: method === 'get' ? 'read' : 'write',
    bookmark: bookmarkOf(c),
    asker: { operation: id, route, requestId },
    told: (rows) => c.executionCtx.waitUntil(tellHead(c.env, rows)),
  })
  c.get('state').connection = connection
  const ifMatch = c.req.header('if-match')
  return {
    actor,
    permission,
    reach,
    db: connection.db,
    env: c.env,
    settings: settingsOf(c.env),
    now,
    newId,
    requestId,
    language,
    origin,
    ifMatch: ifMatch === undefined ? undefined : versionsIn(ifMatch),
    admission: c.req.header('x-turnstile'),
    showLimits: (headers) => {
      c.get('state').limitHeaders = headers
    },
    after: (work) => c.executionCtx.waitUntil(work),
  }
}

function bookmarkOf(c: AppContext): string | undefined {
  const given = c.req.header('x-d1-bookmark')
  return given && /^[0-9a-f-]{16,128}$/i.test(given) ? given : undefined
}

const unauthenticated = () => new ApiError(sharedErrors.HTTP_401, {}, { headers: { 'www-authenticate': 'Bearer' } })

function tooMany(limit: LimitClass, { retryAfterSeconds }: Admission): ApiError {
  count('rate_limited_total', [limit])
  const headers = { 'retry-after': String(retryAfterSeconds) }
  return new ApiError(sharedErrors.RATE_LIMITED, { seconds: retryAfterSeconds }, { headers })
}
