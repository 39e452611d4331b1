import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { readToken } from '#/paperwork/official-document/index.ts'
import { findIssue } from '#/paperwork/transcript/index.ts'
import { fileOf } from '#/paperwork/transcript-job/index.ts'
import { errors } from './errors.ts'

/** The PDF that a mailed link leads to, for whoever has the link. */
export async function readLinkedFile(ctx: Context, token: string) {
  const claims = await readToken(ctx.settings.TRANSCRIPT_KEY, token, 'file')
  if (!claims) throw new ApiError(errors.TRANSCRIPT_LINK_INVALID)
  const issue = await findIssue(ctx.db, claims.issueId)
  if (issue?.digest !== claims.digest) throw new ApiError(errors.TRANSCRIPT_LINK_INVALID)
  if (claims.expiresAt <= ctx.now) throw new ApiError(errors.TRANSCRIPT_LINK_EXPIRED)
  if (issue.revoked_at) throw new ApiError(errors.TRANSCRIPT_REVOKED)
  return fileOf(ctx, issue.id, 'transcript.pdf')
}
