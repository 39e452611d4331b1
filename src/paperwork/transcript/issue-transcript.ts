import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { write } from '#/platform/database/write/write.ts'
import { issueCurrent } from './issue-current.ts'
import { issuing } from './prepare-current.ts'

/** Issues a transcript at once. Every issue is on record, so that its QR code can be verified, revoked and superseded. */
export async function issueTranscript(ctx: Context, wish: { studentId: number; language: Language }) {
  const { bytes, filename } = await issueCurrent(ctx, wish, ({ issue }, stillCurrent) =>
    write(ctx, {
      change: issuing(ctx, issue),
      audit: {
        entity: 'transcript',
        id: issue.id,
        changes: { student_id: { new: wish.studentId }, digest: { new: issue.digest } },
      },
      also: [stillCurrent],
    }),
  )
  return { body: bytes, filename }
}
