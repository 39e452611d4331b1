import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { type Context, system } from '#/platform/context.ts'
import { isMaintenance, isStale } from '#/platform/database/stale.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { issueCurrent, issuing, type PreparedTranscript } from '#/paperwork/transcript/index.ts'
import { transcriptAwaited } from './events.ts'
import { deleteDrafts, fileKey } from './job-files.ts'
import { findJob } from './queries.ts'
import { transcriptJob } from './table.ts'

/**
 * Renders what a job asks for and puts it into R2. Handled twice it has the effect of once: only the first to finish writes the
 * issue, and the file has the issue's name. Each delivery notes down under which name its file will lie before it puts it there, so that
 * a later one takes away what one that died left behind. Throws when another attempt may help.
 */
export async function renderJob(ctx: Context, jobId: string): Promise<void> {
  const job = await findJob(ctx, jobId).catch(forgotten)
  if (!job || job.status === 'failed') return
  const leftBehind = job.drafts.filter((draft) => draft !== job.issue_id)
  if (job.status === 'ready') return deleteDrafts(ctx, leftBehind)
  const issueId = ctx.newId()
  await ctx.db
    .update(transcriptJob)
    .set({
      status: 'rendering',
      attempts: sql`${transcriptJob.attempts} + 1`,
      drafts: sql`json_insert(${transcriptJob.drafts}, '$[#]', ${issueId})`,
    })
    .where(and(eq(transcriptJob.id, jobId), inArray(transcriptJob.status, ['queued', 'rendering'])))
  const requester = { ...ctx, actor: { ...system, id: job.requested_by } }
  const wish = { studentId: job.student_id, language: job.language, issueId }
  try {
    await issueCurrent(requester, wish, storeFor(requester, job))
    await deleteDrafts(ctx, leftBehind)
  } catch (error) {
    if (!(error instanceof ApiError) || isStale(error) || isMaintenance(error)) throw error
    await failJob(ctx, jobId, error.code)
  }
}

/** Puts the file into R2, then marks the job ready. Another delivery that was quicker leaves nothing to do. */
const storeFor =
  (ctx: Context, { id, student_id, email }: { id: string; student_id: number; email: string | null }) =>
  async ({ issue, bytes }: PreparedTranscript, stillCurrent: Statement) => {
    await ctx.env.DOCUMENTS.put(fileKey(issue.id), bytes, { httpMetadata: { contentType: 'application/pdf' } })
    await write(ctx, {
      change: ctx.db
        .update(transcriptJob)
        .set({ status: 'ready', issue_id: issue.id, finished_at: ctx.now })
        .where(and(eq(transcriptJob.id, id), ne(transcriptJob.status, 'ready'))),
      audit: { entity: 'transcript', id: issue.id, changes: { student_id: { new: student_id }, job_id: { new: id } } },
      also: [issuing(ctx, issue), stillCurrent],
      events: email ? [transcriptAwaited({ job_id: id })] : [],
    }).catch(async (error: unknown) => {
      // Any other error leaves open whether the write took place, and then the file is needed.
      if (!isStale(error)) throw error
      await deleteDrafts(ctx, [issue.id])
      if ((await findJob(ctx, id)).status !== 'ready') throw error
    })
  }

/** Jobs are deleted after a while; a message that comes later has nothing to do. */
function forgotten(error: unknown): undefined {
  if (!(error instanceof ApiError && error.code === 'TRANSCRIPT_JOB_NOT_FOUND')) throw error
}

const gaveUp = 'GAVE_UP'

/** The queue has tried a job as often as it does. */
export const giveUpJob = (ctx: Context, jobId: string) => failJob(ctx, jobId, gaveUp)

/** Ends a job without a transcript. */
async function failJob(ctx: Context, jobId: string, error_code: string): Promise<void> {
  await ctx.db
    .update(transcriptJob)
    .set({ status: 'failed', error_code, finished_at: ctx.now })
    .where(and(eq(transcriptJob.id, jobId), inArray(transcriptJob.status, ['queued', 'rendering'])))
}

/** A statement that queues a job again which was given up. One that failed for a reason of its own stays failed. */
export const revivingJob = (ctx: Context, jobId: string): Statement =>
  ctx.db
    .update(transcriptJob)
    .set({ status: 'queued', error_code: null, finished_at: null })
    .where(and(eq(transcriptJob.id, jobId), eq(transcriptJob.status, 'failed'), eq(transcriptJob.error_code, gaveUp)))
