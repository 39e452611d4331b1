import type { JobRun } from './table.ts'

/** A run lasts no longer: fifteen minutes are what the platform gives it. */
export const leaseMs = 15 * 60 * 1000

const minuteMs = 60 * 1000
const minutesAhead = 8 * 24 * 60

/** The first minute after `now` that a cron expression names; null where it names days, which no job does. */
export function nextRun(cron: string, now: string): string | null {
  const [minute = '', hour = '', ...days] = cron.split(' ')
  if (days.join(' ') !== '* * *') return null
  const first = Math.floor(Date.parse(now) / minuteMs) + 1
  for (let at = first; at < first + minutesAhead; at += 1) {
    if (matches(minute, at % 60) && matches(hour, Math.floor(at / 60) % 24))
      return new Date(at * minuteMs).toISOString()
  }
  return null
}

/** `*`, `*`/5, or numbers with commas. */
function matches(field: string, value: number): boolean {
  const [, step] = /^\*\/(\d+)$/.exec(field) ?? []
  if (step) return value % Number(step) === 0
  return field === '*' || field.split(',').some((one) => Number(one) === value)
}

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
