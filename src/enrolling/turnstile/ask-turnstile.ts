import type { Context } from '#/platform/context.ts'
import { objectNamed } from '#/platform/durable-object/object-named.ts'
import { inTime } from '#/platform/in-time.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import type { TurnstileRule } from './rules.ts'
import type { Turnstile } from './turnstile.ts'

/** A term as far as its turnstile is concerned. */
export interface GuardedTerm {
  id: number
  code: string
  enrollment_opens_at: string | null
  turnstile_pace: number | null
}

/** What a term says of its turnstile; undefined where it has none. */
export const ruleOf = ({ turnstile_pace: pace, enrollment_opens_at: opens }: GuardedTerm): TurnstileRule | undefined =>
  pace === null ? undefined : { pace, opens: opens === null ? 0 : Date.parse(opens) }

/** One that does not answer for so long is as good as none. */
const patienceMs = 2000

/** What the turnstile of a term answers; undefined when it cannot be reached, which is counted: then nobody waits. */
export async function askTurnstile<Answer>(
  { env }: Pick<Context, 'env'>,
  term: number,
  ask: (turnstile: DurableObjectStub<Turnstile>) => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await inTime(async () => ask(objectNamed(env, env.TURNSTILE, `term:${term}`)), patienceMs)
  } catch (error) {
    count('turnstile_failures_total', [])
    log('error', 'turnstile_unreachable', { term, ...describe(error) })
    return undefined
  }
}
