import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { fileOf } from './job-files.ts'
import { findJob } from './queries.ts'
import { errors } from './errors.ts'

/** The PDF that a job has rendered, streamed from R2. */
export async function readFile(ctx: Context, jobId: string) {
  const job = await findJob(ctx, jobId)
  if (job.status !== 'ready') throw new ApiError(errors.TRANSCRIPT_NOT_READY, { status: job.status })
  return fileOf(ctx, job.issue_id!, `transcript_${jobId}.pdf`)
}
