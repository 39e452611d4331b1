import type { Actor } from '#/platform/context.ts'
import type { Env, Settings } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import type { LimitClass } from '#/platform/words.ts'
import { ask, headersOf, named, retryAfter } from './ask.ts'
import type { Outcome } from './gate.ts'
import { classes } from './limits.ts'
import { accountGate } from './names.ts'
import { isIn, networkOf } from './networks.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

interface Asked {
  actor: Actor
  /** When the caller's access token was signed, epoch ms. */
  issuedAt?: number
  /** It has expired since. */
  isOver?: boolean
  ip: string | null
  limit: LimitClass
}

export interface Admission {
  allowed: boolean
  revoked: boolean
  /** Nobody could say whether the session was revoked. */
  unknown?: true
  headers: Record<string, string>
  retryAfterSeconds: number
  /** Tells the outcome, where failures are counted. */
  settle?: (outcome: Outcome) => Promise<void>
}

const admitted: Admission = { allowed: true, revoked: false, headers: {}, retryAfterSeconds: 0 }

/**
 * Counts a request against its account (or address) and looks whether its session was revoked, in one hop. When the object cannot be
 * reached, what tries secrets fails closed (503) and everything else is let through.
 */
export async function admit(
  env: Env,
  settings: Settings,
  { actor, issuedAt = 0, isOver = false, ip, limit }: Asked,
): Promise<Admission> {
  // These are counted when it is known for whom: access/proof.
  if (limit === 'sign-in' || limit === 'refresh') return admitted
  const { by, any, failures, closed } = classes[limit]
  const isOwn = by === 'account' && actor.id !== null
  if (!isOwn && isIn(settings.TRUSTED_NETWORKS, ip)) return admitted
  const subject = isOwn ? accountGate(actor.id!) : addressGate(ip)
  const question = {
    limits: named(settings, limit, any[actor.tier]),
    ...(failures && { failures: named(settings, `${limit}-failures`, failures), lasting: true }),
    ...(isOwn && { sessionId: actor.sessionId, issuedAt, isOver }),
  }
  const answer = await ask(env, settings, { subject, limit, question })
  if (!answer && closed) throw unavailable()
  if (!answer) return { ...admitted, unknown: true }
  const { allowed, revoked, reservation, settle } = answer
  const headers = headersOf(limit, answer)
  return { allowed, revoked, headers, retryAfterSeconds: retryAfter(answer), ...(reservation && { settle }) }
}

export const unavailable = () => new ApiError(sharedErrors.SERVICE_UNAVAILABLE, {}, { headers: { 'retry-after': '5' } })

export const addressGate = (ip: string | null) => `address:${networkOf(ip)}`
