import { inMany } from '#/platform/database/in-many.ts'
import type { Context } from '#/platform/context.ts'
import { describe, log } from '#/platform/log.ts'
import type { Message } from './message.ts'
import { queueFor } from './queues.ts'
import { outbox } from './table.ts'

/** How many messages a queue takes at once. */
const queueBatch = 100

export interface Queued {
  id: string
  message: Message
}

/** Sends outbox rows to their queues and forgets them. A crash between the two sends twice: consumers are idempotent by id. */
export async function dispatch(ctx: Pick<Context, 'env' | 'db'>, rows: readonly Queued[]) {
  const ways = Map.groupBy(rows, ({ message }) => queueFor(ctx.env, message))
  for (const [queue, its] of ways) {
    const bodies = its.map(({ id, message }) => ({ body: { id, ...message } }))
    for (let first = 0; first < bodies.length; first += queueBatch)
      await queue.sendBatch(bodies.slice(first, first + queueBatch))
  }
  const ids = rows.map((row) => row.id)
  await ctx.db.delete(outbox).where(inMany(outbox.id, ids))
}

/** The same once the answer is out; what cannot be sent stays in the outbox, and the sweep sends it. */
export function dispatchAfter(ctx: Pick<Context, 'env' | 'db' | 'after'>, rows: readonly Queued[]): void {
  if (rows.length === 0) return
  ctx.after(dispatch(ctx, rows).catch((error: unknown) => log('error', 'outbox_not_sent', describe(error))))
}
