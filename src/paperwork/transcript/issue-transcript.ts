import type { Context } from '#/platform/context.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import { write } from '#/platform/database/write/write.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import type { Language } from '#/platform/words.ts'
import { issuing } from './issuing.ts'
import { prepareTranscript } from './prepare-transcript.ts'

const attempts = 3

interface Wish {
  studentId: number
  language: Language
}

/**
 * Issues a transcript at once. Every issue is on record, so that its QR code can be verified, revoked and superseded. When anything on the
 * page has changed since it was read, all of it is done anew. Throws STALE_STATE when it changes each time.
 */
export async function issueTranscript(ctx: Context, wish: Wish) {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await issueOnce(ctx, wish)
    } catch (error) {
      if (!isStale(error) || left === 0) throw error
    }
  }
}

async function issueOnce(ctx: Context, wish: Wish) {
  const start = performance.now()
  const { issue, bytes, filename, stillCurrent } = await prepareTranscript(ctx, { ...wish, issueId: ctx.newId() })
  await write(ctx, {
    change: issuing(ctx, issue),
    audit: {
      entity: 'transcript',
      id: issue.id,
      changes: { student_id: { new: wish.studentId }, digest: { new: issue.digest } },
    },
    also: [stillCurrent],
  })
  observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
  return { body: bytes, filename }
}
