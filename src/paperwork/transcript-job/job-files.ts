import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { findIssue, type Issue } from '#/paperwork/transcript/index.ts'
import { errors } from './errors.ts'
import { findJob } from './queries.ts'

/** R2 deletes so many files at once. */
const filesAtOnce = 1000

/** How long a rendered file can be fetched. Its issue stays verifiable as long as its token says. */
export const retentionMs = 7 * 24 * 60 * 60 * 1000

/** The file of an issue in R2. */
export const fileKey = (issueId: string) => `transcripts/${issueId}.pdf`

/** The file of an issue, unless its time is over. */
export async function fileOf(
  { env }: Pick<Context, 'env'>,
  { id, language }: Pick<Issue, 'id' | 'language'>,
  filename: string,
) {
  const object = await env.DOCUMENTS.get(fileKey(id))
  if (!object) throw new ApiError(errors.TRANSCRIPT_FILE_EXPIRED)
  return { body: object.body, filename, language, headers: { 'x-transcript-issue': id } }
}

/** Deletes the files that lie under these ids, if any. */
export async function deleteDrafts(ctx: Pick<Context, 'env'>, ids: readonly string[]): Promise<void> {
  const keys = [...new Set(ids)].map(fileKey)
  for (let first = 0; first < keys.length; first += filesAtOnce)
    await ctx.env.DOCUMENTS.delete(keys.slice(first, first + filesAtOnce))
}

/**
 * The PDF that a job has rendered, streamed from R2; one that was superseded stays readable. Throws TRANSCRIPT_JOB_NOT_FOUND,
 * TRANSCRIPT_NOT_READY, TRANSCRIPT_REVOKED, TRANSCRIPT_FILE_EXPIRED.
 */
export async function readFile(ctx: Context, jobId: string) {
  const job = await findJob(ctx, jobId)
  if (job.status !== 'ready') throw new ApiError(errors.TRANSCRIPT_NOT_READY, { status: job.status })
  const issue = await findIssue(ctx.db, job.issue_id!)
  if (issue?.revoked_at) throw new ApiError(errors.TRANSCRIPT_REVOKED)
  return fileOf(ctx, { id: job.issue_id!, language: job.language }, `transcript_${jobId}.pdf`)
}
