import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { disclosureErrors, refuseHolder, requireHolder } from '#/paperwork/disclosure/index.ts'
import type { HolderClaim } from '#/paperwork/disclosure/schema.ts'
import { judgeToken } from '#/paperwork/official-document/index.ts'
import { errors } from './errors.ts'
import { findCertified } from './queries.ts'
import type { CertifiedRecord } from './schema.ts'
import { unlessSuperseded } from './verify-transcript.ts'

/**
 * What a transcript certifies, as it was when it was issued, for whoever has its code and knows whose it is. Throws what `requireHolder` throws,
 * HOLDER_NOT_CONFIRMED for a code that is none of ours, DOCUMENT_NOT_CURRENT, TRANSCRIPT_RECORD_NOT_KEPT.
 */
export async function discloseRecord(ctx: Context, token: string, claim: HolderClaim): Promise<CertifiedRecord> {
  const { verdict, found } = await judgeToken(ctx, token, (id) => findCertified(ctx.db, id))
  if (!found?.holder) return refuseHolder({ entity: 'transcript', id: found?.issue.id ?? null })
  const { issue, record } = found
  if (!unlessSuperseded(verdict, issue).valid) throw new ApiError(disclosureErrors.DOCUMENT_NOT_CURRENT)
  if (!record) throw new ApiError(errors.TRANSCRIPT_RECORD_NOT_KEPT)
  const { number: student_number, name, latin_name, date_of_birth } = record.student
  await requireHolder(ctx, { entity: 'transcript', id: issue.id }, claim, { student_number, date_of_birth })
  const { issued_at, digest } = issue
  return { ...record, student: { name, latin_name }, issued_at, digest }
}
