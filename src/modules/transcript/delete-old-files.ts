import { and, asc, isNotNull, lt, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { fileKey } from './render-job.ts'
import { transcriptJob } from './table.ts'

/** How long a rendered file can be fetched; its issue stays verifiable as long as its token says. */
const retentionMs = 7 * 24 * 60 * 60 * 1000
const perRun = 1000

/** Deletes the files of jobs that are past their retention, oldest first, and then forgets the jobs. */
export async function deleteOldFiles(ctx: Context): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - retentionMs).toISOString()
  const old = await ctx.db
    .select({ id: transcriptJob.id, issue_id: transcriptJob.issue_id })
    .from(transcriptJob)
    .where(and(isNotNull(transcriptJob.finished_at), lt(transcriptJob.finished_at, before)))
    .orderBy(asc(transcriptJob.finished_at))
    .limit(perRun)
  if (old.length === 0) return
  await ctx.env.DOCUMENTS.delete(old.flatMap(({ issue_id }) => (issue_id === null ? [] : fileKey(issue_id))))
  const ids = JSON.stringify(old.map(({ id }) => id))
  await ctx.db.delete(transcriptJob).where(sql`${transcriptJob.id} in (select value from json_each(${ids}))`)
}
