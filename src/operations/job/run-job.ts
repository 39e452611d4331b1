import { and, eq } from 'drizzle-orm'
import { backgroundContext } from '#/platform/background-context.ts'
import type { Context } from '#/platform/context.ts'
import { asApiError } from '#/platform/database/constraints.ts'
import { isUnreachable } from '#/platform/database/steady/index.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { describe, log } from '#/platform/log.ts'
import { countRun } from '#/platform/metrics/metrics.ts'
import { findJob } from './queries.ts'
import type { Job, Report, Schedule } from '#/platform/job/schedule.ts'
import { leaseMs } from './rules.ts'
import { jobRun } from './table.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** Runs a job because its time has come; one that is under way is left alone. Throws nothing: what went wrong is logged and recorded. */
export async function runByClock(ctx: Context, name: string, job: Job): Promise<void> {
  const run = ctx.newId()
  try {
    const [, [claimed]] = await ctx.db
      .batch([claiming(ctx, name, run), positionOf(ctx, name)])
      .catch((error: unknown) => {
        throw asApiError(error, {}, ctx)
      })
    await carryOut(ctx, { name, run, position: claimed!.position }, job)
  } catch (error) {
    if (error instanceof ApiError && error.code === 'JOB_UNDER_WAY') log('warn', 'job_skipped', { job: name })
    else log('error', 'job_failed', { job: name, error_code: codeOf(error), ...describe(error) })
  }
}

/** Runs a job because an administrator asks for it, and says how it ended. Throws JOB_NOT_FOUND, JOB_UNDER_WAY. */
export async function runByHand(ctx: Context, schedule: Schedule, name: string) {
  const named = Object.values(schedule).find((jobs) => Object.hasOwn(jobs, name))
  if (!named) throw new ApiError(errors.JOB_NOT_FOUND, { job: name })
  const run = ctx.newId()
  const { read } = await write(ctx, {
    change: claiming(ctx, name, run),
    audit: { entity: 'job', id: name },
    read: positionOf(ctx, name),
  })
  const working = backgroundContext(ctx.env, { waitUntil: ctx.after }, 'system.read', name)
  const done = carryOut(working, { name, run, position: read[0]!.position }, named[name]!)
  // It goes on when the caller hangs up.
  ctx.after(done)
  await done
  return findJob(ctx, schedule, name)
}

/** Takes the lease of a job. The database refuses (`job_under_way`) while another run has it. */
const claiming = (ctx: Context, name: string, run_id: string) => {
  const begun = { run_id, started_at: ctx.now, leased_until: new Date(Date.parse(ctx.now) + leaseMs).toISOString() }
  const nothingYet = { finished_at: null, outcome: null, error_code: null, handled: null }
  return ctx.db
    .insert(jobRun)
    .values({ name, ...begun })
    .onConflictDoUpdate({ target: jobRun.name, set: { ...begun, ...nothingYet } })
}

/** Where the last run left off. */
const positionOf = ({ db }: Context, name: string) =>
  db.select({ position: jobRun.position }).from(jobRun).where(eq(jobRun.name, name))

interface Run {
  name: string
  run: string
  position: number
}

/** Does the work and records how it ended. A run that outlived its lease records nothing: another may have it by now. */
async function carryOut(ctx: Context, { name, run, position }: Run, job: Job): Promise<void> {
  const { handled, position: next, error_code } = await reportOf(ctx, name, job, position)
  const finished_at = new Date().toISOString()
  const outcome = error_code ? 'failed' : 'ok'
  await ctx.db
    .update(jobRun)
    .set({
      leased_until: null,
      finished_at,
      outcome,
      error_code: error_code ?? null,
      handled,
      ...(next !== undefined && { position: next }),
      ...(outcome === 'ok' && { succeeded_at: finished_at }),
    })
    .where(and(eq(jobRun.name, name), eq(jobRun.run_id, run)))
  const ms = Date.parse(finished_at) - Date.parse(ctx.now)
  countRun(name, error_code ? 'failed' : 'done', ms)
  const fields = { job: name, ms, handled }
  if (outcome === 'ok') log('info', 'job_done', fields)
  else log('error', 'job_failed', { ...fields, error_code })
}

async function reportOf(
  ctx: Context,
  name: string,
  job: Job,
  position: number,
): Promise<Omit<Report, 'handled'> & { handled: number | null }> {
  try {
    const done = await job(ctx, position)
    return typeof done === 'number' ? { handled: done } : done
  } catch (error) {
    log('error', 'job_threw', { job: name, ...describe(error) })
    return { handled: null, error_code: codeOf(error) }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.code
  return (isUnreachable(error) ? sharedErrors.DATABASE_UNREACHABLE : sharedErrors.INTERNAL_SERVER_ERROR).code
}
