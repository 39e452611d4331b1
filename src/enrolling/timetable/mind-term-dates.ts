import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Reaction } from '#/platform/events/subscriptions.ts'
import { mindingClashes, refuseClashes } from './judge-clashes.ts'
import { ofTerm } from './meeting-queries.ts'

interface Moved extends Record<'start' | 'end' | 'old_start' | 'old_end', string> {
  term_id: number
  accept_clashes: boolean
}

/**
 * What sections of a term clash with on its new days: refused, in a race by a guard, or listed as `clashes` in the answer once they are
 * accepted. Throws MEETINGS_CLASH.
 */
export async function mindTermDates(ctx: Context, { accept_clashes, ...moved }: Moved): Promise<Reaction> {
  const { term_id, start, end, old_start, old_end } = moved
  const sought = ofTerm({
    term_id: sql`${term_id}`,
    start: sql`${start}`,
    end: sql`${end}`,
    old_start: sql`${old_start}`,
    old_end: sql`${old_end}`,
  })
  if (!accept_clashes) await refuseClashes(ctx, sought)
  const { asks, ...parts } = { asks: undefined, ...mindingClashes(ctx, sought, { accept_clashes }) }
  return { ...parts, ...(asks && { answer: asks }) }
}
