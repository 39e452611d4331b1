import { sql, type SQL } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Role } from '#/platform/words.ts'

/**
 * The rows that `own` means, as a predicate for each role; undefined when the permission reaches any row. A role without a predicate
 * reaches nothing, so a row of somebody else is simply not found.
 */
export const scope = (ctx: Context, own: Partial<Record<Role, () => SQL>>): SQL | undefined =>
  ctx.reach === 'any' ? undefined : (own[ctx.actor.role as Role]?.() ?? sql`0`)
