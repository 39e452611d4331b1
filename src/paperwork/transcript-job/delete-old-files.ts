import { and, asc, isNotNull, lt } from 'drizzle-orm'
import { inMany } from '#/platform/database/in-many.ts'
import type { Context } from '#/platform/context.ts'
import { deleteDrafts, retentionMs } from './job-files.ts'
import { transcriptJob } from './table.ts'

const jobsAtOnce = 500
const rounds = 20

/** Deletes the files of jobs that are past their retention, oldest first, and then forgets the jobs; 10,000 a run. Returns how many. */
export async function deleteOldFiles(ctx: Context): Promise<number> {
  let jobs = 0
  for (let round = 0; round < rounds; round += 1) {
    const deleted = await deleteSomeFiles(ctx)
    jobs += deleted
    if (deleted < jobsAtOnce) break
  }
  return jobs
}

async function deleteSomeFiles(ctx: Context): Promise<number> {
  const before = new Date(Date.parse(ctx.now) - retentionMs).toISOString()
  const old = await ctx.db
    .select({ id: transcriptJob.id, issue_id: transcriptJob.issue_id, drafts: transcriptJob.drafts })
    .from(transcriptJob)
    .where(and(isNotNull(transcriptJob.finished_at), lt(transcriptJob.finished_at, before)))
    .orderBy(asc(transcriptJob.finished_at))
    .limit(jobsAtOnce)
  if (old.length === 0) return 0
  await deleteDrafts(
    ctx,
    old.flatMap(({ issue_id, drafts }) => [...drafts, ...(issue_id ? [issue_id] : [])]),
  )
  const ids = old.map(({ id }) => id)
  await ctx.db.delete(transcriptJob).where(inMany(transcriptJob.id, ids))
  return old.length
}
