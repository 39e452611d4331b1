import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { isStale } from '#/platform/database/stale.ts'
import { expectThat } from '#/platform/database/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import { type PreparedTranscript, prepareTranscript } from './prepare-transcript.ts'
import { recordVersion } from './queries.ts'

const attempts = 3

interface Wish {
  studentId: number
  language: Language
  /** The id of the issue; a new one each time when there is none. */
  issueId?: string
}

/**
 * Renders a transcript and lets `store` write the issue, with a statement that fails the write when anything on the page has changed since
 * it was read; then all of it is done anew. Throws STALE_STATE when it changes each time.
 */
export async function issueCurrent(
  ctx: Context,
  { studentId, language, issueId }: Wish,
  store: (prepared: PreparedTranscript, stillCurrent: Statement) => Promise<unknown>,
): Promise<PreparedTranscript> {
  for (let left = attempts - 1; ; left -= 1) {
    const start = performance.now()
    const prepared = await prepareTranscript(ctx, { studentId, language, issueId: issueId ?? ctx.newId() })
    const { recordVersion: seen } = prepared
    try {
      await store(prepared, expectThat(ctx, sql`${recordVersion(studentId)} is ${seen}`))
      observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
      return prepared
    } catch (error) {
      if (!isStale(error) || left === 0) throw error
    }
  }
}
