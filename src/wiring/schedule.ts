import * as access from '#/access/jobs.ts'
import * as enrolling from '#/enrolling/jobs.ts'
import * as exchange from '#/exchange/jobs.ts'
import { runByClock } from '#/operations/job/index.ts'
import * as operations from '#/operations/jobs.ts'
import * as paperwork from '#/paperwork/jobs.ts'
import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import * as platform from '#/platform/job/jobs.ts'
import { flush } from '#/platform/metrics/flush.ts'
import type { Schedule } from '#/platform/job/schedule.ts'

/**
 * Every job there is. wrangler.toml lists the same cron expressions, docs/operations.md the same names. All jobs of one expression share an
 * invocation: fifteen minutes and 1,000 queries.
 */
export const schedule: Schedule = {
  '*/5 * * * *': { ...platform.often, ...enrolling.often, ...paperwork.often, ...exchange.often, ...operations.often },
  // The backup comes first: it keeps what the others delete.
  '0 2 * * *': {
    ...operations.nightly,
    ...platform.nightly,
    ...access.nightly,
    ...paperwork.nightly,
    ...exchange.nightly,
  },
}

/** Runs the jobs of one cron expression, one after the other. One that fails does not stop the others. */
export async function runScheduled(cron: string, env: Env, execution: ExecutionContext): Promise<void> {
  for (const [name, job] of Object.entries(schedule[cron] ?? {}))
    await runByClock(backgroundContext(env, execution, 'system.read', name), name, job)
  execution.waitUntil(flush(env))
}
