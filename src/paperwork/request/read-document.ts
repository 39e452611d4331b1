import type { Context } from '#/platform/context.ts'
import { find } from '#/platform/database/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { signToken } from '#/paperwork/transcript/index.ts'
import { readFile } from '#/paperwork/transcript-job/index.ts'
import { findLetterOf, requestEntity } from './queries.ts'
import { renderLetter } from './render-letter.ts'
import { errors } from './errors.ts'
import { errors as transcriptErrors } from '#/paperwork/transcript-job/errors.ts'

/** The PDF that a request came to: the file of its transcript job, or its letter, which is the same to the byte each time. */
export async function readDocument(ctx: Context, id: number) {
  const request = await find(ctx, requestEntity, id)
  if (request.type === 'other') throw new ApiError(errors.REQUEST_WITHOUT_DOCUMENT)
  if (request.job_id !== null) return readFile(ctx, request.job_id).catch(forgotten)
  const issued = await findLetterOf(ctx.db, id)
  if (!issued) throw new ApiError(errors.REQUEST_DOCUMENT_NOT_READY, { status: request.status })
  const { settings } = ctx
  const { facts, digest, issued_at: issuedAt, expires_at: expiresAt } = issued
  const token = await signToken(settings.TRANSCRIPT_KEY, { issueId: issued.id, expiresAt, digest })
  const body = await renderLetter(facts, {
    language: facts.language,
    issueId: issued.id,
    issuedAt,
    expiresAt,
    digest,
    verificationUrl: `${settings.PUBLIC_URL}/api/v1/documents/verify/${token}`,
    timeZone: settings.INSTITUTION_TIMEZONE,
  })
  return { body, filename: `${facts.type}_${facts.student.student_number.replaceAll(/[^\w.-]/g, '_')}.pdf` }
}

/** A job is deleted together with its file. */
function forgotten(error: unknown): never {
  if (error instanceof ApiError && error.code === 'TRANSCRIPT_JOB_NOT_FOUND')
    throw new ApiError(transcriptErrors.TRANSCRIPT_FILE_EXPIRED)
  throw error
}
