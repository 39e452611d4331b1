import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Language } from '#/platform/words.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { digestOf, fileNameOf, institutionSeal, wholeSeconds } from '#/paperwork/official-document/index.ts'
import { renderTranscript } from '#/paperwork/transcript-paper/index.ts'
import { composeRecord } from './compose-record.ts'
import { findRecordRows, recordVersion } from './queries.ts'
import type { transcriptIssue } from './table.ts'

export interface PreparedTranscript {
  issue: typeof transcriptIssue.$inferSelect
  bytes: Uint8Array<ArrayBuffer>
  filename: string
  /** Fails the write of the issue when anything on the page has changed since it was read. */
  stillCurrent: Statement
}

/** Renders the transcript of a student and the row that makes it verifiable. Writes nothing. */
export async function prepareTranscript(
  ctx: Context,
  { studentId, language, issueId }: { studentId: number; language: Language; issueId: string },
): Promise<PreparedTranscript> {
  const rows = await findRecordRows(ctx, studentId)
  const record = composeRecord(rows, ctx.settings)
  const digest = await digestOf(record)
  const expires_at = wholeSeconds(Date.parse(ctx.now) + ctx.settings.TRANSCRIPT_TOKEN_TTL_HOURS * 3_600_000)
  const issued = { id: issueId, language, digest, issued_at: ctx.now, expires_at }
  const bytes = await renderTranscript(record, await institutionSeal(ctx, issued, 'transcripts'))
  const issue = {
    ...issued,
    student_id: studentId,
    file_sha256: await sha256Hex(bytes),
    issued_by: ctx.actor.id,
    revoked_at: null,
    superseded_at: null,
  }
  const filename = fileNameOf('transcript', rows.student.student_number)
  const stillCurrent = expectThat(ctx, sql`${recordVersion(studentId)} is ${rows.version}`)
  return { issue, bytes, filename, stillCurrent }
}
