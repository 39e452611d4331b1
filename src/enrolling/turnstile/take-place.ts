import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find } from '#/platform/database/write/entity.ts'
import { termEntity } from '#/catalog/term/index.ts'
import { signAdmission } from './admission.ts'
import { askTurnstile, type GuardedTerm, ruleOf } from './ask-turnstile.ts'
import type { TurnstilePlace } from './schema.ts'
import type { Standing } from './turnstile.ts'

type Shown = z.output<typeof TurnstilePlace>

/** Takes a place at the turnstile of a term, or keeps the one that the account has. Throws TERM_NOT_FOUND. */
export async function takePlace(ctx: Context, id: number): Promise<Shown> {
  const term: GuardedTerm = await find(ctx, termEntity, id)
  const rule = ruleOf(term)
  return shown(ctx, id, rule && (await askTurnstile(ctx, id, (turnstile) => turnstile.take(ctx.actor.id!, rule))))
}

/** Where the account stands there; the registry learns how many wait. Throws TERM_NOT_FOUND. */
export async function readPlace(ctx: Context, id: number): Promise<Shown> {
  const term: GuardedTerm = await find(ctx, termEntity, id)
  const rule = ruleOf(term)
  const account = ctx.reach === 'own' ? ctx.actor.id : null
  return shown(ctx, id, rule && (await askTurnstile(ctx, id, (turnstile) => turnstile.look(account, rule))))
}

/** Without a turnstile, and where it cannot be reached, nobody waits. */
async function shown({ actor, settings }: Context, term_id: number, standing: Standing | undefined): Promise<Shown> {
  const nothing = { term_id, position: null, wait_seconds: null, admission: null, admitted_until: null }
  if (!standing) return { ...nothing, state: 'off', waiting: 0 }
  const { waiting, place } = standing
  if (!place) return { ...nothing, state: 'none', waiting }
  const { position, waitMs, until } = place
  if (position > 0) return { ...nothing, state: 'waiting', position, wait_seconds: Math.ceil(waitMs / 1000), waiting }
  const admission = await signAdmission(settings, { account: actor.id!, term: term_id, until })
  return { ...nothing, state: 'admitted', admission, admitted_until: new Date(until).toISOString(), waiting }
}

const longestPause = 60

/** When to ask again: when the turn comes, but once a minute, as the pace may change. */
export const askAgain = ({ wait_seconds }: Shown): Record<string, string> =>
  wait_seconds === null ? {} : { 'retry-after': String(Math.max(1, Math.min(longestPause, wait_seconds))) }
