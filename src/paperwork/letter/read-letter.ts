import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { drawWith } from '#/paperwork/document-text/index.ts'
import { fileNameOf, institutionSeal } from '#/paperwork/official-document/index.ts'
import { errors } from './errors.ts'
import { findLetterOf } from './queries.ts'
import { renderLetter } from './render-letter.ts'
import type { Signed } from './table.ts'

/** The PDF of the letter that a request came to, if it came to one: the same to the byte each time. Throws LETTER_REVOKED. */
export async function readLetter(ctx: Context, requestId: number) {
  const issued = await findLetterOf(ctx.db, requestId)
  if (!issued) return undefined
  if (issued.revoked_at) throw new ApiError(errors.LETTER_REVOKED)
  const { facts } = issued
  const filename = fileNameOf(facts.type, facts.student.student_number)
  return { body: await drawLetter(ctx, issued), filename, language: facts.language }
}

/** The file of a letter: the same row gives the same bytes. Throws LATIN_NAME_NEEDED, TEXT_NOT_PRINTABLE. */
export async function drawLetter(ctx: Context, issued: Omit<Signed, 'request_id' | 'revoked_at' | 'file_sha256'>) {
  const { facts } = issued
  const seal = await institutionSeal(ctx, { ...issued, language: facts.language }, 'documents')
  return drawWith(ctx, facts, () => renderLetter(facts, seal))
}
