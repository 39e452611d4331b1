import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { judgeToken, nothingKnown, type Verdict, verdictOn } from '#/paperwork/official-document/index.ts'
import type { Issue } from '#/paperwork/transcript/index.ts'
import { findIssuedFile, findIssuedTo } from './queries.ts'
import type { Verification } from './schema.ts'

/** Whether the transcript that carries this token is genuine and current. */
export async function verifyTranscript(ctx: Context, token: string): Promise<Verification> {
  const { verdict, found } = await judgeToken(ctx, token, (id) => findIssuedTo(ctx.db, id))
  return found ? unlessSuperseded(verdict, found.issue) : verdict
}

/** Whether exactly this file was issued, and is current. A file with one byte changed is unknown. */
export async function verifyFile(ctx: Context, file: Uint8Array<ArrayBuffer>): Promise<Verification> {
  const found = await findIssuedFile(ctx.db, await sha256Hex(file))
  return found ? unlessSuperseded(verdictOn(ctx, found), found.issue) : nothingKnown(ctx, 'unknown')
}

/** A grade that was officially corrected since outweighs everything but a revocation. */
export const unlessSuperseded = (verdict: Verdict, { superseded_at }: Issue): Verification =>
  superseded_at === null || verdict.reason === 'revoked' ? verdict : { ...verdict, valid: false, reason: 'superseded' }
