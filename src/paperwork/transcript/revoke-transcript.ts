import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findIssuedTo } from './queries.ts'
import { transcriptIssue } from './table.ts'
import { errors } from './errors.ts'

/** Makes an issued transcript worthless: its QR code answers `revoked` from now on. */
export async function revokeTranscript(ctx: Context, id: string) {
  const found = await findIssuedTo(ctx.db, eq(transcriptIssue.id, id))
  if (!found) throw new ApiError(errors.TRANSCRIPT_ISSUE_NOT_FOUND, { id })
  if (found.issue.revoked_at) throw new ApiError(errors.TRANSCRIPT_ALREADY_REVOKED)
  await write(ctx, {
    change: ctx.db
      .update(transcriptIssue)
      .set({ revoked_at: ctx.now })
      .where(and(eq(transcriptIssue.id, id), isNull(transcriptIssue.revoked_at))),
    audit: { entity: 'transcript', id, changes: { revoked_at: { old: null, new: ctx.now } } },
  })
  return { ...found.issue, revoked_at: ctx.now }
}
