import { inMany } from '#/platform/database/in-many.ts'
import type { Context } from '#/platform/context.ts'
import { describe, log } from '#/platform/log.ts'
import type { Message } from './message.ts'
import { outbox } from './table.ts'

/** How many messages the queue takes at once. */
const queueBatch = 100

export interface Queued {
  id: string
  message: Message
}

/** Sends outbox rows to the queue and forgets them. A crash between the two sends twice: consumers are idempotent by id. */
export async function dispatch(ctx: Pick<Context, 'env' | 'db'>, rows: readonly Queued[]) {
  const bodies = rows.map(({ id, message }) => ({ body: { id, ...message } }))
  for (let first = 0; first < bodies.length; first += queueBatch)
    await ctx.env.QUEUE.sendBatch(bodies.slice(first, first + queueBatch))
  const ids = rows.map((row) => row.id)
  await ctx.db.delete(outbox).where(inMany(outbox.id, ids))
}

/** The same once the answer is out; what cannot be sent stays in the outbox, and the sweep sends it. */
export function dispatchAfter(ctx: Pick<Context, 'env' | 'db' | 'after'>, rows: readonly Queued[]): void {
  if (rows.length === 0) return
  ctx.after(dispatch(ctx, rows).catch((error: unknown) => log('error', 'outbox_not_sent', describe(error))))
}
