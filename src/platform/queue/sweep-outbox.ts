import { asc, lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { outbox } from './table.ts'
import { dispatch } from './dispatch.ts'

/** Younger rows are probably being sent right now by the request that wrote them. */
const graceMs = 60_000
const perRun = 100

/** Sends what a request left behind when it died between its commit and the queue. Returns how many messages. */
export async function sweepOutbox(ctx: Context): Promise<number> {
  const before = new Date(Date.parse(ctx.now) - graceMs).toISOString()
  const rows = await ctx.db
    .select()
    .from(outbox)
    .where(lt(outbox.created_at, before))
    .orderBy(asc(outbox.created_at))
    .limit(perRun)
  if (rows.length > 0) await dispatch(ctx, rows)
  return rows.length
}
