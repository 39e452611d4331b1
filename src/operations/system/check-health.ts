import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { pingGate } from '#/platform/gate/index.ts'
import { type Probed, probe } from './probe.ts'
import { queuesOf } from '#/platform/queue/queues.ts'
import { findOutbox } from './queries.ts'

/** A message that waits longer than this means that the queue does not take messages. */
const outboxPatienceMs = 10 * 60 * 1000

type Parts = Record<'database' | 'queue' | 'storage' | 'rate_limiter', Pick<Probed<unknown>, 'state' | 'latency_ms'>>

/** How the parts are, each looked at by itself. */
export async function probeParts(ctx: Context): Promise<Parts> {
  const [database, queue, storage, rate_limiter] = await Promise.all([
    probe('database', () => ctx.db.run(sql`select 1`)),
    probe('queue', () => requireFlowing(ctx)),
    probe('storage', () => ctx.env.DOCUMENTS.head('health')),
    probe('rate_limiter', () => pingGate(ctx.env)),
  ])
  return { database, queue, storage, rate_limiter }
}

/** `unhealthy` when the database is down, `degraded` when another part is. */
export function verdict(parts: Parts) {
  if (parts.database.state === 'down') return 'unhealthy' as const
  return Object.values(parts).some(({ state }) => state === 'down') ? ('degraded' as const) : ('ok' as const)
}

export const versionOf = ({ env }: Context) => env.VERSION.id || 'local'

/** What anybody may know. */
export async function checkHealth(ctx: Context) {
  const parts = await probeParts(ctx)
  const components = {
    database: parts.database.state,
    queue: parts.queue.state,
    storage: parts.storage.state,
    rate_limiter: parts.rate_limiter.state,
  }
  return { status: verdict(parts), version: versionOf(ctx), components }
}

/** The queues themselves have to answer, and what was meant for it must not be waiting in the outbox. */
async function requireFlowing(ctx: Context): Promise<void> {
  const queues = Object.values(queuesOf(ctx.env))
  const [{ oldest }] = await Promise.all([findOutbox(ctx), ...queues.map((queue) => queue.metrics())])
  if (!oldest) return
  const waited = Date.parse(ctx.now) - Date.parse(oldest)
  if (waited > outboxPatienceMs) throw new Error(`oldest message has waited ${Math.round(waited / 1000)} s`)
}
