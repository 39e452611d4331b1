import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { type Context, system } from '../../context.ts'
import { isStale } from '../../database/stale.ts'
import { type Statement, write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { issueCurrent } from './issue-current.ts'
import type { PreparedTranscript } from './prepare-transcript.ts'
import { findJob } from './queries.ts'
import { transcriptIssue, transcriptJob } from './table.ts'

/** The file of an issue in R2. */
export const fileKey = (issueId: string) => `transcripts/${issueId}.pdf`

/**
 * Renders what a job asks for and puts it into R2. Handled twice it has the effect of once: only the first to finish writes the
 * issue, and the file has the issue's name. Throws when another attempt may help.
 */
export async function renderJob(ctx: Context, jobId: string): Promise<void> {
  const job = await findJob(ctx, jobId).catch(forgotten)
  if (!job || job.status === 'ready' || job.status === 'failed') return
  await ctx.db
    .update(transcriptJob)
    .set({ status: 'rendering', attempts: sql`${transcriptJob.attempts} + 1` })
    .where(and(eq(transcriptJob.id, jobId), inArray(transcriptJob.status, ['queued', 'rendering'])))
  const requester = { ...ctx, actor: { ...system, id: job.requested_by } }
  try {
    await issueCurrent(requester, { studentId: job.student_id, language: job.language }, storeFor(requester, job))
  } catch (error) {
    if (!(error instanceof ApiError) || isStale(error)) throw error
    await failJob(ctx, jobId, error.code)
  }
}

/** Puts the file into R2, then marks the job ready. Another delivery that was quicker leaves nothing to do. */
const storeFor =
  (ctx: Context, { id, student_id }: { id: string; student_id: number }) =>
  async ({ issue, bytes }: PreparedTranscript, stillCurrent: Statement) => {
    await ctx.env.DOCUMENTS.put(fileKey(issue.id), bytes, { httpMetadata: { contentType: 'application/pdf' } })
    await write(ctx, {
      change: ctx.db
        .update(transcriptJob)
        .set({ status: 'ready', issue_id: issue.id, finished_at: ctx.now })
        .where(and(eq(transcriptJob.id, id), ne(transcriptJob.status, 'ready'))),
      audit: { entity: 'transcript', id: issue.id, changes: { student_id: { new: student_id }, job_id: { new: id } } },
      also: [ctx.db.insert(transcriptIssue).values(issue), stillCurrent],
    }).catch(async (error: unknown) => {
      await ctx.env.DOCUMENTS.delete(fileKey(issue.id))
      if (isStale(error) && (await findJob(ctx, id)).status === 'ready') return
      throw error
    })
  }

/** Jobs are deleted after a while; a message that comes later has nothing to do. */
function forgotten(error: unknown): undefined {
  if (!(error instanceof ApiError && error.code === 'TRANSCRIPT_JOB_NOT_FOUND')) throw error
}

/** Gives a job up: its student is gone, or the queue has tried it as often as it does. */
export async function failJob(ctx: Context, jobId: string, error_code: string): Promise<void> {
  await ctx.db
    .update(transcriptJob)
    .set({ status: 'failed', error_code, finished_at: ctx.now })
    .where(and(eq(transcriptJob.id, jobId), inArray(transcriptJob.status, ['queued', 'rendering'])))
}
