import type { Actor } from '../../context.ts'
import type { Env, Settings } from '../../env.ts'
import { ApiError } from '../../errors.ts'
import { describe, log } from '../../log.ts'
import type { Answer } from './gate.ts'
import type { LimitClass } from '../../policy.ts'
import { limits } from './limits.ts'

interface Asked {
  actor: Actor
  ip: string
  limit: LimitClass
}

/**
 * Counts a request against its account (or IP address) and looks whether its session was revoked, in one hop. When the object cannot be
 * reached, sign-in fails closed (503) and everything else is let through and logged.
 */
export async function admit(env: Env, settings: Settings, { actor, ip, limit }: Asked) {
  const perIp = actor.id === null || limit === 'auth' || limit === 'public'
  const windows = limits[limit][actor.tier].map((window) => ({
    ...window,
    name: limit,
    requests: window.requests * settings.RATE_LIMIT_SCALE,
  }))
  try {
    const object = env.GATE.getByName(perIp ? `ip:${ip}` : accountGate(actor.id!))
    const answer = await object.ask({ limits: windows, sessionId: actor.sessionId })
    return { ...answer, headers: headersOf(limit, answer), retryAfterSeconds: Math.max(1, answer.resetSeconds) }
  } catch (error) {
    log('error', 'rate_limiter_unreachable', { class: limit, ...describe(error) })
    if (limit === 'auth') throw new ApiError('SERVICE_UNAVAILABLE', {}, { headers: { 'retry-after': '5' } })
    return { allowed: true, revoked: false, headers: {}, retryAfterSeconds: 0 }
  }
}

/** Makes the access tokens of a session worthless at once, everywhere. */
export const revokeSession = (env: Env, userId: number, sessionId: string, until: number) =>
  env.GATE.getByName(accountGate(userId)).revoke(sessionId, until)

const accountGate = (userId: number) => `account:${userId}`

/** The IETF draft's structured fields, and the older names that many clients read. */
const headersOf = (name: string, { limit, remaining, windowSeconds, resetSeconds }: Answer) => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${windowSeconds}`,
  ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})
