import type { Env, Settings } from '#/platform/env.ts'
import { inTime } from '#/platform/in-time.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { objectNamed } from '#/platform/durable-object/object-named.ts'
import type { LimitClass } from '#/platform/words.ts'
import type { Answer, Outcome, Question } from './gate.ts'
import { nameOf } from './names.ts'
import type { RateLimit } from './sliding-window.ts'
import type { NamedLimit } from './windows.ts'

/** An object that does not answer for so long is as good as none. Failures may have to wait for the outcome of others. */
const patienceMs = { any: 2000, failures: 40_000 }

/** The limits of this deployment under a name. */
export const named = ({ RATE_LIMIT_SCALE }: Settings, name: string, limits: readonly RateLimit[]): NamedLimit[] =>
  limits.map(({ requests, windowSeconds }) => ({ name, requests: requests * RATE_LIMIT_SCALE, windowSeconds }))

/** Asks the object that counts for `subject`, and says how to tell it the outcome; undefined when it cannot be reached, which is counted. */
export async function ask(
  env: Env,
  settings: Settings,
  { subject, limit, question }: { subject: string; limit: LimitClass; question: Question },
): Promise<(Answer & { settle: (outcome: Outcome) => Promise<void> }) | undefined> {
  try {
    const gate = objectNamed(env, env.GATE, await nameOf(settings, subject))
    const patience = question.failures ? patienceMs.failures : patienceMs.any
    const { reservation, ...answer } = await inTime<Answer>(async () => gate.ask(question), patience)
    const settle = async (outcome: Outcome) => {
      if (reservation) await gate.settle(reservation, outcome).catch(unreachable(limit))
    }
    return { ...answer, reservation, settle }
  } catch (error) {
    unreachable(limit)(error)
    return undefined
  }
}

const unreachable = (limit: LimitClass) => (error: unknown) => {
  count('rate_limiter_failures_total', [])
  log('error', 'rate_limiter_unreachable', { class: limit, ...describe(error) })
}

/** The IETF draft's structured fields, and the older names that many clients read. */
export const headersOf = (name: LimitClass, { limit, remaining, windowSeconds, resetSeconds }: Answer) => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${windowSeconds}`,
  ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})

export const retryAfter = ({ resetSeconds }: Pick<Answer, 'resetSeconds'>) => Math.max(1, resetSeconds)
