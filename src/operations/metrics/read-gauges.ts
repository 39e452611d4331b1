import type { Context } from '#/platform/context.ts'
import { describe, log } from '#/platform/log.ts'
import type { Gauges } from '#/platform/metrics/gauges.ts'
import { findStanding } from './queries.ts'

type Standing = Awaited<ReturnType<typeof findStanding>>

/** However often Prometheus asks, the database counts its rows no more often than this. */
const keptMs = 30_000

let kept: { at: number; standing: Standing } | undefined

/** The gauges as of now, or of at most half a minute ago. When the database is down they say that and no more. */
export async function readGauges(ctx: Pick<Context, 'db' | 'now'>): Promise<Gauges> {
  const now = Date.parse(ctx.now)
  try {
    if (!kept || Math.abs(now - kept.at) >= keptMs) kept = { at: now, standing: await findStanding(ctx) }
    return { database_up: 1, ...gaugesOf(kept.standing, now) }
  } catch (error) {
    log('error', 'gauges_not_read', describe(error))
    return { database_up: 0 }
  }
}

const gaugesOf = ({ students, seats, jobs, letters, messages, oldest, backup }: Standing, now: number): Gauges => ({
  students,
  open_term_enrollments: seats,
  transcript_jobs_queued: jobs,
  dead_letters: letters,
  outbox_messages: messages,
  outbox_oldest_age_seconds: oldest === null ? 0 : (now - Date.parse(oldest)) / 1000,
  // Without a backup there is no age, and that is what an alert looks for.
  ...(backup !== null && { backup_age_seconds: (now - Date.parse(backup)) / 1000 }),
})
