import type { Context } from '#/platform/context.ts'
import { ApiError, filledIn } from '#/platform/errors.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { isAdmitted } from './admission.ts'
import { askTurnstile, type GuardedTerm, ruleOf } from './ask-turnstile.ts'
import { errors, standings } from './errors.ts'

/** A request that took so long to come as far as this tells of a database that has too much to do. */
const strainMs = 2000

/**
 * Lets through who acts for others, and whoever has the admission of each of these terms that has a turnstile. Anybody else gets or keeps a
 * place there and throws TURNSTILE_WAIT. Asked last, before the write: nobody waits for what would be refused anyway.
 */
export async function requireAdmission(ctx: Context, terms: readonly GuardedTerm[]): Promise<void> {
  const { actor, reach, admission = '', settings } = ctx
  if (reach !== 'own' || actor.id === null) return
  const now = Date.now()
  for (const term of terms) {
    const rule = ruleOf(term)
    if (!rule) continue
    if (await isAdmitted(settings, admission, { account: actor.id, term: term.id, now })) {
      if (now - Date.parse(ctx.now) >= strainMs)
        ctx.after(askTurnstile(ctx, term.id, (turnstile) => turnstile.strain()))
      continue
    }
    const standing = await askTurnstile(ctx, term.id, (turnstile) => turnstile.take(actor.id!, rule))
    if (standing?.place) throw wait(term, standing.place)
  }
}

function wait({ id, code }: GuardedTerm, { position, waitMs }: { position: number; waitMs: number }): ApiError {
  count('turnstile_waits_total', [])
  const seconds = Math.ceil(waitMs / 1000)
  const standing = position === 0 ? standings.admitted : filledIn(standings.waiting, { position, seconds })
  return new ApiError(
    errors.TURNSTILE_WAIT,
    { id, term_code: code, standing },
    {
      details: { term_id: id, position, wait_seconds: seconds },
      headers: { 'retry-after': String(Math.max(1, seconds)) },
    },
  )
}
