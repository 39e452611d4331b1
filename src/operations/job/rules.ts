import { Cron } from 'croner'
import type { JobRun } from './table.ts'

/** A run lasts no longer: fifteen minutes are what the platform gives it. */
export const leaseMs = 15 * 60 * 1000

/** The first minute after `now` that a cron expression names; null for one that never comes. Throws for a text that is no expression. */
export const nextRun = (cron: string, now: string): string | null =>
  new Cron(cron, platformForm).nextRun(new Date(now))?.toISOString() ?? null

/** As the platform reads cron expressions: five fields, in UTC, weekdays counted from 1 for Sunday. */
const platformForm = { mode: '5-part', utcOffset: 0, alternativeWeekdays: true } as const

/** A job as it is shown. */
export function shownJob(name: string, cron: string, run: JobRun | undefined, now: string) {
  return {
    name,
    cron,
    next_run_at: nextRun(cron, now),
    status: statusOf(run, now),
    started_at: run?.started_at ?? null,
    finished_at: run?.finished_at ?? null,
    duration_ms: run?.finished_at ? Date.parse(run.finished_at) - Date.parse(run.started_at) : null,
    handled: run?.handled ?? null,
    error_code: run?.error_code ?? null,
    succeeded_at: run?.succeeded_at ?? null,
  }
}

function statusOf(run: JobRun | undefined, now: string) {
  if (!run) return 'never_run' as const
  if (run.outcome) return run.outcome
  return run.leased_until && run.leased_until > now ? ('running' as const) : ('died' as const)
}
