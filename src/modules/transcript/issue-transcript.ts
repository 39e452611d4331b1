import type { Context, Language } from '../../context.ts'
import { write } from '../../database/write.ts'
import { prepareTranscript } from './prepare-transcript.ts'
import { transcriptIssue } from './table.ts'

/** Issues a transcript at once. Every issue is on record, so that its QR code can be verified, revoked and superseded. */
export async function issueTranscript(
  ctx: Context,
  { studentId, language }: { studentId: number; language: Language },
) {
  const { issue, bytes, filename } = await prepareTranscript(ctx, studentId, language)
  await write(ctx, {
    change: ctx.db.insert(transcriptIssue).values(issue),
    audit: {
      entity: 'transcript',
      id: issue.id,
      changes: { student_id: { new: studentId }, digest: { new: issue.digest } },
    },
  })
  return { body: bytes, filename }
}
