import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { type Context, system } from '../../context.ts'
import { write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { prepareTranscript } from './prepare-transcript.ts'
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
    const { issue, bytes } = await prepareTranscript(requester, job.student_id, job.language)
    await ctx.env.DOCUMENTS.put(fileKey(issue.id), bytes, { httpMetadata: { contentType: 'application/pdf' } })
    await write(requester, {
      change: ctx.db
        .update(transcriptJob)
        .set({ status: 'ready', issue_id: issue.id, finished_at: ctx.now })
        .where(and(eq(transcriptJob.id, jobId), ne(transcriptJob.status, 'ready'))),
      audit: {
        entity: 'transcript',
        id: issue.id,
        changes: { student_id: { new: job.student_id }, job_id: { new: jobId } },
      },
      also: [ctx.db.insert(transcriptIssue).values(issue)],
    }).catch(async (error: unknown) => {
      await ctx.env.DOCUMENTS.delete(fileKey(issue.id))
      throw error
    })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    await failJob(ctx, jobId, error.code)
  }
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
