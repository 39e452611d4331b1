import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { sha256Hex } from '#/platform/digest.ts'
import { composeRecord } from './compose-record.ts'
import { findRecordRows } from './queries.ts'
import { renderTranscript } from './render-transcript.ts'
import type { transcriptIssue } from './table.ts'
import { signToken } from './verification-token.ts'

export interface PreparedTranscript {
  issue: typeof transcriptIssue.$inferSelect
  bytes: Uint8Array<ArrayBuffer>
  filename: string
  /** What `recordVersion` said of the data on the page. */
  recordVersion: string
}

/** Renders the transcript of a student and the row that makes it verifiable. Writes nothing. */
export async function prepareTranscript(
  ctx: Context,
  { studentId, language, issueId }: { studentId: number; language: Language; issueId: string },
): Promise<PreparedTranscript> {
  const rows = await findRecordRows(ctx, studentId)
  const record = composeRecord(rows, ctx.settings)
  const digest = await digestOf(record)
  const expiresAt = expiryOf(ctx)
  const token = await signToken(ctx.settings.TRANSCRIPT_KEY, { issueId, expiresAt, digest })
  const bytes: Uint8Array<ArrayBuffer> = await renderTranscript(record, {
    language,
    issueId,
    issuedAt: ctx.now,
    expiresAt,
    digest,
    verificationUrl: `${ctx.settings.PUBLIC_URL}/api/v1/transcripts/verify/${token}`,
    timeZone: ctx.settings.INSTITUTION_TIMEZONE,
  })
  const issue = {
    id: issueId,
    student_id: studentId,
    language,
    digest,
    file_sha256: await sha256Hex(bytes),
    issued_at: ctx.now,
    expires_at: expiresAt,
    issued_by: ctx.actor.id,
    revoked_at: null,
    superseded_at: null,
  }
  const filename = `transcript_${rows.student.student_number.replaceAll(/[^\w.-]/g, '_')}.pdf`
  return { issue, bytes, filename, recordVersion: rows.version }
}

/** SHA-256 of a record's JSON with sorted keys, hex. */
export const digestOf = (record: object) => sha256Hex(canonical(record))

/** JSON with the keys of every object in order, so that equal records have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Whole seconds, as the token carries it. */
function expiryOf({ now, settings }: Context): string {
  const seconds = Math.floor(Date.parse(now) / 1000) + settings.TRANSCRIPT_TOKEN_TTL_HOURS * 3600
  return new Date(Math.floor(seconds) * 1000).toISOString()
}
