import type { Context } from '#/platform/context.ts'
import { fileNameOf, institutionSeal } from '#/paperwork/official-document/index.ts'
import { findLetterOf } from './queries.ts'
import { renderLetter } from './render-letter.ts'

/** The PDF of the letter that a request came to, if it came to one: the same to the byte each time. */
export async function readLetter(ctx: Context, requestId: number) {
  const issued = await findLetterOf(ctx.db, requestId)
  if (!issued) return undefined
  const { facts } = issued
  const seal = await institutionSeal(ctx, { ...issued, language: facts.language }, 'documents')
  return { body: await renderLetter(facts, seal), filename: fileNameOf(facts.type, facts.student.student_number) }
}
