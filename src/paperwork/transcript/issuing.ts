import type { Context } from '#/platform/context.ts'
import type { PreparedTranscript } from './prepare-transcript.ts'
import { transcriptIssue, transcriptRecord } from './table.ts'

/** A statement that puts an issue on record. */
export const issuing = (ctx: Pick<Context, 'db'>, { issue }: PreparedTranscript) =>
  ctx.db.insert(transcriptIssue).values(issue)

/** One that keeps what it certifies, unless an earlier issue certified the same. */
export const keepingRecord = (
  ctx: Pick<Context, 'db'>,
  { issue: { digest, student_id }, record }: PreparedTranscript,
) => ctx.db.insert(transcriptRecord).values({ digest, student_id, record }).onConflictDoNothing()
