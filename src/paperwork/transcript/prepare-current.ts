import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { type PreparedTranscript, prepareTranscript } from './prepare-transcript.ts'
import { recordVersion } from './queries.ts'
import { transcriptIssue } from './table.ts'

type Wish = Parameters<typeof prepareTranscript>[1]

/** A transcript, and a statement that fails the write of its issue when anything on the page has changed since it was read. */
export async function prepareCurrent(
  ctx: Context,
  wish: Wish,
): Promise<PreparedTranscript & { stillCurrent: Statement }> {
  const prepared = await prepareTranscript(ctx, wish)
  const stillCurrent = expectThat(ctx, sql`${recordVersion(wish.studentId)} is ${prepared.recordVersion}`)
  return { ...prepared, stillCurrent }
}

/** A statement that puts an issue on record. */
export const issuing = (ctx: Pick<Context, 'db'>, issue: typeof transcriptIssue.$inferInsert) =>
  ctx.db.insert(transcriptIssue).values(issue)
