import type { Context } from '#/platform/context.ts'
import { ApiError, type DeclaredError, ProofRefused } from '#/platform/errors.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { LimitClass } from '#/platform/words.ts'
import { unavailable } from './admit.ts'
import { ask, headersOf, named, retryAfter } from './ask.ts'
import type { Answer, Outcome } from './gate.ts'
import type { RateLimit } from './sliding-window.ts'
import type { NamedLimit } from './windows.ts'

/** An object that has to have room, and for what. */
export interface Hop {
  subject: string
  limits: readonly NamedLimit[]
  failures?: readonly NamedLimit[]
}

interface Attempt {
  limit: LimitClass
  /** Asked one after the other. */
  hops: readonly Hop[]
  /** The error for a window that is full, by its name; RATE_LIMITED by default. */
  refusal?: (window: string) => DeclaredError | undefined
}

/**
 * Does something that may turn out to be a failure, as far as there is room. What it throws as a refused proof stays counted, and what
 * `outcome` says so of; anything else was none. Throws RATE_LIMITED, SERVICE_UNAVAILABLE.
 */
export async function attempting<Done>(
  ctx: Context,
  attempt: Attempt,
  act: () => Promise<Done>,
  outcome: (done: Done) => Outcome,
): Promise<Done> {
  const tell = await admitted(ctx, attempt)
  try {
    const done = await act()
    ctx.after(tell(outcome(done)))
    return done
  } catch (error) {
    ctx.after(tell({ failed: error instanceof ProofRefused }))
    throw error
  }
}

/** Asks every hop. Where one is refused, those before it are told that nothing was tried. */
async function admitted(ctx: Context, { limit, hops, refusal }: Attempt) {
  const settling: ((outcome: Outcome) => Promise<void>)[] = []
  const tell = async (outcome: Outcome) => void (await Promise.all(settling.map((settle) => settle(outcome))))
  for (const { subject, ...windows } of hops) {
    const question = { ...windows, lasting: true }
    const answer = await ask(ctx.env, ctx.settings, { subject, limit, question })
    if (!answer?.allowed) ctx.after(tell({ failed: false }))
    if (!answer) throw unavailable()
    if (!answer.allowed) throw refused(limit, answer, refusal?.(answer.name))
    settling.push(answer.settle)
    ctx.showLimits?.(headersOf(limit, answer))
  }
  return tell
}

function refused(limit: LimitClass, answer: Answer, declared: DeclaredError = sharedErrors.RATE_LIMITED): ApiError {
  count('rate_limited_total', [limit])
  const seconds = retryAfter(answer)
  const headers = { ...headersOf(limit, answer), 'retry-after': String(seconds) }
  return new ApiError(declared, { seconds }, { headers })
}

interface Counted {
  subject: string
  limit: LimitClass
  name: string
  limits: readonly RateLimit[]
}

/** Counts something whatever its outcome. Throws RATE_LIMITED, SERVICE_UNAVAILABLE. */
export async function counting(ctx: Context, { subject, limit, name, limits }: Counted): Promise<void> {
  await admitted(ctx, { limit, hops: [{ subject, limits: named(ctx.settings, name, limits) }] })
}
