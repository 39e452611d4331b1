import { sql, type SQL } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Role } from '#/platform/words.ts'

/** Whoever asks, as far as it matters here. */
export type Caller = Pick<Context, 'reach'> & { actor: Pick<Context['actor'], 'role'> }

/**
 * The rows that `own` means, as a predicate for each role; undefined when the permission reaches any row. A role without a predicate
 * reaches nothing, so a row of somebody else is simply not found.
 */
export const scope = (ctx: Caller, own: Partial<Record<Role, () => SQL>>): SQL | undefined =>
  ctx.reach === 'any' ? undefined : (own[ctx.actor.role as Role]?.() ?? sql`0`)

/** Whose rows the caller reaches, as the variant of a statement that is kept, and the caller again. */
export const variantOf = (ctx: Caller): string => (ctx.reach === 'any' ? 'any' : ctx.actor.role)
export const callerIn = (variant: string): Caller =>
  variant === 'any' ? { reach: 'any', actor: { role: 'system' } } : { reach: 'own', actor: { role: variant as Role } }
