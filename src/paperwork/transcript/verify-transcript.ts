import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { judgeToken, nothingKnown, type Verdict, verdictOn } from '#/paperwork/official-document/index.ts'
import { findIssuedTo } from './queries.ts'
import type { Verification } from './schema.ts'
import { transcriptIssue } from './table.ts'

/** Whether the transcript that carries this token is genuine and current. */
export async function verifyTranscript(ctx: Context, token: string): Promise<Verification> {
  const { verdict, issue } = await judgeToken(ctx, token, (id) => findIssuedTo(ctx.db, eq(transcriptIssue.id, id)))
  return issue ? unlessSuperseded(verdict, issue) : verdict
}

/** Whether exactly this file was issued, and is current. A file with one byte changed is unknown. */
export async function verifyFile(ctx: Context, file: Uint8Array<ArrayBuffer>): Promise<Verification> {
  const found = await findIssuedTo(ctx.db, eq(transcriptIssue.file_sha256, await sha256Hex(file)))
  return found ? unlessSuperseded(verdictOn(ctx, found), found.issue) : nothingKnown(ctx, 'unknown')
}

/** A grade that was officially corrected since outweighs everything but a revocation. */
const unlessSuperseded = (verdict: Verdict, issue: typeof transcriptIssue.$inferSelect): Verification =>
  issue.superseded_at === null || verdict.reason === 'revoked'
    ? verdict
    : { ...verdict, valid: false, reason: 'superseded' }
