import { proveSignedToken, refuseProof } from '#/access/proof/index.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import type { Context } from '#/platform/context.ts'
import { readToken } from '#/paperwork/official-document/index.ts'
import { findIssue, type Issue } from '#/paperwork/transcript/index.ts'
import { fileOf } from '#/paperwork/transcript-job/index.ts'
import { errors as jobErrors } from '#/paperwork/transcript-job/errors.ts'
import { errors } from './errors.ts'

/**
 * The PDF that a mailed link leads to, for whoever has the link. Handed out or refused, it is on record; HEAD hands out
 * nothing. Throws TRANSCRIPT_LINK_INVALID,
 * TRANSCRIPT_LINK_EXPIRED, TRANSCRIPT_REVOKED, TRANSCRIPT_SUPERSEDED, TRANSCRIPT_FILE_EXPIRED.
 */
export async function readLinkedFile(ctx: Context, token: string) {
  const attempt = { entity: 'transcript', refusal: errors.TRANSCRIPT_LINK_INVALID }
  const { issue, expiresAt } = await proveSignedToken(ctx, attempt, async () => {
    const claims = await readToken(ctx.settings.TRANSCRIPT_KEY, token, 'file')
    if (!claims) return undefined
    const issue = await findIssue(ctx.db, claims.issueId)
    return issue?.digest === claims.digest ? { issue, expiresAt: claims.expiresAt } : undefined
  })
  const refusal = reasonAgainst(ctx, issue, expiresAt)
  const { id } = issue
  if (refusal)
    return refuseProof(ctx, { holder: undefined, entity: 'transcript', id, summary: 'link refused', refusal })
  const file = await fileOf(ctx, issue, 'transcript.pdf')
  if (ctx.origin.method !== 'HEAD') await recordAct(ctx, { entity: 'transcript', id })
  return file
}

function reasonAgainst({ now }: Context, { revoked_at, superseded_at }: Issue, expiresAt: string) {
  if (expiresAt <= now) return errors.TRANSCRIPT_LINK_EXPIRED
  if (revoked_at) return jobErrors.TRANSCRIPT_REVOKED
  return superseded_at ? errors.TRANSCRIPT_SUPERSEDED : undefined
}
