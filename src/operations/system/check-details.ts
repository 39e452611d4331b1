import * as z from 'zod'
import { assetOf } from '#/platform/settings/asset.ts'
import type { Context } from '#/platform/context.ts'
import { queuesOf } from '#/platform/queue/queues.ts'
import { slowestQueries } from '#/platform/metrics/flush.ts'
import { probeParts, verdict, versionOf } from './check-health.ts'
import { probe } from './probe.ts'
import { findOperations } from './queries.ts'

/** What an operator wants to know. A part that cannot be asked is null. */
export async function checkDetails(ctx: Context) {
  const [parts, { found: backlog }, { found: operations }, { found: known }, { found: slowest }] = await Promise.all([
    probeParts(ctx),
    probe('backlog', () => backlogOf(ctx)),
    probe('operations', () => findOperations(ctx)),
    probe('migrations', () => knownMigrations(ctx)),
    probe('slowest queries', () => slowestQueries(ctx.env)),
  ])
  return {
    status: verdict(parts),
    version: versionOf(ctx),
    checked_at: ctx.now,
    components: parts,
    migrations:
      operations && known
        ? {
            applied: operations.applied.length,
            newest: operations.applied.at(-1) ?? null,
            pending: known.filter((name) => !operations.applied.includes(name)),
          }
        : null,
    last_backup: operations?.backup
      ? {
          name: operations.backup.name,
          finished_at: operations.backup.finished_at!,
          age_seconds: secondsSince(ctx, operations.backup.finished_at)!,
        }
      : null,
    queue: operations
      ? {
          backlog: backlog ?? null,
          outbox: operations.queued.messages,
          outbox_oldest_seconds: secondsSince(ctx, operations.queued.oldest),
          dead_letters: operations.dead.messages,
          newest_dead_letter_at: operations.dead.newest,
        }
      : null,
    slowest_queries: slowest ?? null,
  }
}

/** How many messages wait in all queues. */
async function backlogOf({ env }: Context): Promise<number> {
  const waiting = await Promise.all(Object.values(queuesOf(env)).map((queue) => queue.metrics()))
  return waiting.reduce((sum, { backlogCount }) => sum + backlogCount, 0)
}

const secondsSince = ({ now }: Context, at: string | null) =>
  at === null ? null : Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000))

const Names = z.array(z.string())

/** The migrations that this deployment came with, as scripts/build-assets.mjs lists them. */
async function knownMigrations(ctx: Context): Promise<string[]> {
  return Names.parse(await (await assetOf(ctx, '/migrations.json')).json())
}
