import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { outbox } from '../../database/tables.ts'
import { describe, log } from '../../log.ts'

type State = 'ok' | 'down'

/** A message that waits longer than this means that the queue does not take messages. */
const outboxPatienceMs = 10 * 60 * 1000

/** How the parts are: `unhealthy` when the database is down, `degraded` when another part is. */
export async function checkHealth(ctx: Context) {
  const [database, storage, rate_limiter] = await Promise.all([
    probe('database', () => ctx.db.run(sql`select 1`)),
    probe('storage', () => ctx.env.DOCUMENTS.head('health')),
    probe('rate_limiter', () => ctx.env.GATE.getByName('health').ping()),
  ])
  const queue = database === 'ok' ? await probe('queue', () => requireFlowing(ctx)) : 'down'
  const components = { database, queue, storage, rate_limiter }
  const status = database === 'down' ? 'unhealthy' : Object.values(components).includes('down') ? 'degraded' : 'ok'
  return { status, version: ctx.env.VERSION.id || 'local', components } as const
}

async function probe(component: string, look: () => Promise<unknown>): Promise<State> {
  try {
    await look()
    return 'ok'
  } catch (error) {
    log('error', 'health_probe_failed', { component, ...describe(error) })
    return 'down'
  }
}

async function requireFlowing(ctx: Context) {
  const [oldest] = await ctx.db.select({ created_at: sql<string | null>`min(${outbox.created_at})` }).from(outbox)
  if (!oldest?.created_at) return
  const waiting = Date.parse(ctx.now) - Date.parse(oldest.created_at)
  if (waiting > outboxPatienceMs) throw new Error(`oldest message has waited ${Math.round(waiting / 1000)} s`)
}
