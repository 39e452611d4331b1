import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Language } from '#/platform/words.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { drawWith } from '#/paperwork/document-text/index.ts'
import {
  currentSeal,
  digestOf,
  fileNameOf,
  institutionSeal,
  wholeSeconds,
} from '#/paperwork/official-document/index.ts'
import { type OfficialRecord, renderTranscript } from '#/paperwork/transcript-paper/index.ts'
import { composeRecord } from './compose-record.ts'
import { findRecordRows } from './queries.ts'
import { recordVersion } from './version-queries.ts'
import type { Issue } from './table.ts'

export interface Wish {
  studentId: number
  language: Language
}

/** What a transcript of a student certifies if it is issued now. */
export interface Certifiable extends Wish {
  student: { student_number: string; student_name: string }
  record: OfficialRecord
  digest: string
  filename: string
  /** The last one in this language, whatever became of it. */
  newest: Issue | undefined
  /** Fails a write when anything on the page has changed since it was read. */
  stillCurrent: Statement
}

export interface PreparedTranscript {
  issue: Issue
  record: OfficialRecord
  bytes: Uint8Array<ArrayBuffer>
}

/** Reads what is to be certified. Throws STUDENT_NOT_FOUND, HOLD. */
export async function readCertifiable(ctx: Context, { studentId, language }: Wish): Promise<Certifiable> {
  const rows = await findRecordRows(ctx, { studentId, language })
  const record = composeRecord(rows, ctx.settings)
  return {
    studentId,
    language,
    student: { student_number: rows.student.student_number, student_name: rows.student_name },
    record,
    digest: await digestOf(record),
    filename: fileNameOf('transcript', rows.student.student_number),
    newest: rows.newest,
    stillCurrent: expectThat(ctx, sql`${recordVersion(studentId)} is ${rows.version}`),
  }
}

/** Renders a transcript and the row that makes it verifiable. Writes nothing. */
export async function prepareTranscript(
  ctx: Context,
  { studentId, language, record, digest }: Certifiable,
  issueId: string,
): Promise<PreparedTranscript> {
  const expires_at = wholeSeconds(Date.parse(ctx.now) + ctx.settings.TRANSCRIPT_TOKEN_TTL_HOURS * 3_600_000)
  const issued = { id: issueId, language, digest, issued_at: ctx.now, expires_at, seal_kid: currentSeal(ctx.settings) }
  const bytes = await draw(ctx, record, issued)
  const issue = {
    ...issued,
    student_id: studentId,
    file_sha256: await sha256Hex(bytes),
    issued_by: ctx.actor.id,
    revoked_at: null,
    superseded_at: null,
  }
  return { issue, record, bytes }
}

/** The file of an issue: the same record and the same issue give the same bytes. Throws LATIN_NAME_NEEDED, TEXT_NOT_PRINTABLE. */
export async function draw(
  ctx: Context,
  record: OfficialRecord,
  issue: Pick<Issue, 'id' | 'language' | 'digest' | 'issued_at' | 'expires_at' | 'seal_kid'>,
) {
  const seal = await institutionSeal(ctx, issue, 'transcripts')
  return drawWith(ctx, record, () => renderTranscript(record, seal))
}
