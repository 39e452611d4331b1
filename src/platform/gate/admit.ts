import type { Actor } from '#/platform/context.ts'
import type { Env, Settings } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import { inTime } from '#/platform/in-time.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { objectNamed } from '#/platform/object-named.ts'
import type { Answer } from './gate.ts'
import type { Closing } from './revocations.ts'
import type { LimitClass } from '#/platform/words.ts'
import { limits } from './limits.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** An object that does not answer for so long is as good as none. */
export const patienceMs = 2000

interface Asked {
  actor: Actor
  /** When the caller's access token was signed, epoch ms. */
  issuedAt?: number
  ip: string
  limit: LimitClass
}

/**
 * Counts a request against its account (or IP address) and looks whether its session was revoked, in one hop. When the object cannot be
 * reached, sign-in fails closed (503) and everything else is let through and logged.
 */
export async function admit(env: Env, settings: Settings, { actor, issuedAt = 0, ip, limit }: Asked) {
  const perIp = actor.id === null || limit === 'auth' || limit === 'public'
  const name = perIp ? `ip:${ip}` : accountGate(actor.id!)
  const hop = { name, limit, tier: actor.tier, sessionId: actor.sessionId, issuedAt }
  try {
    const answer = await inTime(() => ask(env, settings, hop), patienceMs)
    return { ...answer, headers: headersOf(limit, answer), retryAfterSeconds: Math.max(1, answer.resetSeconds) }
  } catch (error) {
    count('rate_limiter_failures_total', [])
    log('error', 'rate_limiter_unreachable', { class: limit, ...describe(error) })
    if (limit === 'auth') throw new ApiError(sharedErrors.SERVICE_UNAVAILABLE, {}, { headers: { 'retry-after': '5' } })
    return { allowed: true, revoked: false, headers: {}, retryAfterSeconds: 0 }
  }
}

/** Counts a sign-in against the account it is for, wherever it comes from. Throws RATE_LIMITED. */
export async function admitSignIn(env: Env, settings: Settings, email: string): Promise<void> {
  const answer = await ask(env, settings, { name: `sign-in:${email}`, limit: 'auth', tier: 'free', sessionId: null })
  if (answer.allowed) return
  count('rate_limited_total', ['auth'])
  count('auth_attempts_total', ['rate_limited'])
  const seconds = Math.max(1, answer.resetSeconds)
  throw new ApiError(sharedErrors.RATE_LIMITED, { seconds }, { headers: { 'retry-after': String(seconds) } })
}

/** Makes the access tokens of these sessions of an account worthless at once, everywhere. */
export const revokeSessions = (env: Env, userId: number, sessionIds: readonly string[], until: number) =>
  gateOf(env, accountGate(userId)).revoke(sessionIds, until)

/** Refuses the access tokens of an account but those of one session, while the database ends the others. */
export const closeAccount = (env: Env, userId: number, id: string, closing: Closing) =>
  gateOf(env, accountGate(userId)).close(id, closing)

/** The same account again, but for the sessions that the database has ended. */
export const reopenAccount = (env: Env, userId: number, id: string, ended: readonly string[], until: number) =>
  gateOf(env, accountGate(userId)).reopen(id, ended, until)

interface Hop {
  name: string
  limit: LimitClass
  tier: Actor['tier']
  sessionId: string | null
  issuedAt?: number
}

function ask(env: Env, { RATE_LIMIT_SCALE }: Settings, { name, limit, tier, ...token }: Hop): Promise<Answer> {
  const windows = limits[limit][tier].map(({ requests, windowSeconds }) => ({
    name: limit,
    requests: requests * RATE_LIMIT_SCALE,
    windowSeconds,
  }))
  return gateOf(env, name).ask({ limits: windows, ...token })
}

export const gateOf = (env: Env, name: string) => objectNamed(env, env.GATE, name)

const accountGate = (userId: number) => `account:${userId}`

/** The IETF draft's structured fields, and the older names that many clients read. */
const headersOf = (name: string, { limit, remaining, windowSeconds, resetSeconds }: Answer) => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${windowSeconds}`,
  ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})

/** Answers when the objects can be reached. */
export const pingGate = (env: Env) => gateOf(env, 'health').ping()
