import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { disclosureErrors, refuseHolder, requireHolder } from '#/paperwork/disclosure/index.ts'
import type { HolderClaim } from '#/paperwork/disclosure/schema.ts'
import { judgeToken } from '#/paperwork/official-document/index.ts'
import { findHeld } from './queries.ts'
import type { CertifiedLetter } from './schema.ts'

/**
 * What a letter certifies, for whoever has its code and knows whose it is. Throws what `requireHolder` throws, HOLDER_NOT_CONFIRMED for a code
 * that is none of ours, DOCUMENT_NOT_CURRENT.
 */
export async function discloseLetter(ctx: Context, token: string, claim: HolderClaim): Promise<CertifiedLetter> {
  const { verdict, found } = await judgeToken(ctx, token, (id) => findHeld(ctx.db, id))
  if (!found) return refuseHolder({ entity: 'letter', id: null })
  if (!verdict.valid) throw new ApiError(disclosureErrors.DOCUMENT_NOT_CURRENT)
  const { issue, birth } = found
  const { student_number, father_name: _, ...student } = issue.facts.student
  await requireHolder(ctx, { entity: 'letter', id: issue.id }, claim, { student_number, date_of_birth: birth })
  return { ...issue.facts, student, issued_at: issue.issued_at, digest: issue.digest }
}
