import type { Context } from '#/platform/context.ts'
import { find } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { readLetter } from '#/paperwork/letter/index.ts'
import { readFile } from '#/paperwork/transcript-job/index.ts'
import { requestEntity } from './queries.ts'
import { errors } from './errors.ts'
import { errors as transcriptErrors } from '#/paperwork/transcript-job/errors.ts'

/** The PDF that a request came to: the file of its transcript job, or its letter. */
export async function readDocument(ctx: Context, id: number) {
  const request = await find(ctx, requestEntity, id)
  if (request.type === 'other') throw new ApiError(errors.REQUEST_WITHOUT_DOCUMENT)
  if (request.job_id !== null) return readFile(ctx, request.job_id).catch(forgotten)
  const letter = await readLetter(ctx, id)
  if (!letter) throw new ApiError(errors.REQUEST_DOCUMENT_NOT_READY, { status: request.status })
  return letter
}

/** A job is deleted together with its file. */
function forgotten(error: unknown): never {
  if (error instanceof ApiError && error.code === 'TRANSCRIPT_JOB_NOT_FOUND')
    throw new ApiError(transcriptErrors.TRANSCRIPT_FILE_EXPIRED)
  throw error
}
