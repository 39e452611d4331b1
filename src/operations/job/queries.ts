import { whole } from '#/platform/database/list/whole.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Schedule } from '#/platform/job/schedule.ts'
import { shownJob } from './rules.ts'
import { jobRun } from './table.ts'
import { errors } from './errors.ts'

/** Every job of the schedule, whether it has run or not. */
export async function findJobs(ctx: Context, schedule: Schedule) {
  const runs = await ctx.db.select().from(jobRun)
  const now = new Date().toISOString()
  const jobs = Object.entries(schedule).flatMap(([cron, named]) =>
    Object.keys(named).map((name) =>
      shownJob(
        name,
        cron,
        runs.find((run) => run.name === name),
        now,
      ),
    ),
  )
  return whole(jobs)
}

/** One job as it stands. Throws JOB_NOT_FOUND. */
export async function findJob(ctx: Context, schedule: Schedule, name: string) {
  const found = (await findJobs(ctx, schedule)).items.find((job) => job.name === name)
  if (!found) throw new ApiError(errors.JOB_NOT_FOUND, { job: name })
  return found
}
