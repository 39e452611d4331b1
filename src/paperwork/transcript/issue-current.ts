import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import { prepareCurrent } from './prepare-current.ts'
import type { PreparedTranscript } from './prepare-transcript.ts'

const attempts = 3

interface Wish {
  studentId: number
  language: Language
}

/**
 * Renders a transcript and lets `store` write the issue, with a statement that fails the write when anything on the page has changed since
 * it was read; then all of it is done anew. Throws STALE_STATE when it changes each time.
 */
export async function issueCurrent(
  ctx: Context,
  wish: Wish,
  store: (prepared: PreparedTranscript, stillCurrent: Statement) => Promise<unknown>,
): Promise<PreparedTranscript> {
  for (let left = attempts - 1; ; left -= 1) {
    const start = performance.now()
    const { stillCurrent, ...prepared } = await prepareCurrent(ctx, { ...wish, issueId: ctx.newId() })
    try {
      await store(prepared, stillCurrent)
      observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
      return prepared
    } catch (error) {
      if (!isStale(error) || left === 0) throw error
    }
  }
}
