import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import { write } from '#/platform/database/write/write.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import { issuing, keepingRecord } from './issuing.ts'
import { redrawn, reusable } from './newest-issue.ts'
import {
  type Certifiable,
  type PreparedTranscript,
  prepareTranscript,
  readCertifiable,
  type Wish,
} from './prepare-transcript.ts'
import { stillNewest } from './queries.ts'
import type { Issue } from './table.ts'

/** Issues a transcript at once, whatever was issued before. */
export const issueTranscript = (ctx: Context, wish: Wish) =>
  whileStale(async () => {
    const found = await readCertifiable(ctx, wish)
    return { ...(await issue(ctx, found)).issue, ...found.student }
  })

/** The transcript that was issued last, while that is as good as a new one; else one that is issued now. */
export const currentTranscript = (ctx: Context, wish: Wish) =>
  whileStale(async () => {
    const found = await readCertifiable(ctx, wish)
    const { issue: one, bytes } =
      (await redrawn(ctx, found)) ?? (await issue(ctx, found, (fresh) => [stillNewest(ctx, fresh, found.newest)]))
    return fileReply(bytes, found, one.id)
  })

/** What is said of that file without making it: issues nothing. */
export async function foreseeTranscript(ctx: Context, wish: Wish) {
  const found = await readCertifiable(ctx, wish)
  return fileReply(new Uint8Array(), found, reusable(ctx, found)?.id)
}

/** Every issue is on record, so that its QR code can be verified, revoked and superseded. */
async function issue(
  ctx: Context,
  certifiable: Certifiable,
  conditions: (fresh: Issue) => readonly Statement[] = () => [],
): Promise<PreparedTranscript> {
  const start = performance.now()
  const prepared = await prepareTranscript(ctx, certifiable, ctx.newId())
  const { id, student_id, digest } = prepared.issue
  await write(ctx, {
    change: issuing(ctx, prepared),
    audit: { entity: 'transcript', id, changes: { student_id: { new: student_id }, digest: { new: digest } } },
    also: [keepingRecord(ctx, prepared), certifiable.stillCurrent, ...conditions(prepared.issue)],
  })
  observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
  return prepared
}

const attempts = 3

/** When anything on the page has changed since it was read, all of it is done anew. Throws STALE_STATE when it changes each time. */
async function whileStale<Result>(once: () => Promise<Result>): Promise<Result> {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await once()
    } catch (error) {
      if (!isStale(error) || left === 0) throw error
    }
  }
}

const fileReply = (
  body: Uint8Array<ArrayBuffer>,
  { filename, language }: Certifiable,
  issueId: string | undefined,
) => ({
  body,
  filename,
  language,
  headers: issueId === undefined ? {} : { 'x-transcript-issue': issueId },
})
