import type { Context } from '#/platform/context.ts'
import { revokeDocument } from '#/paperwork/official-document/index.ts'
import { errors } from './errors.ts'
import { findLetter } from './queries.ts'
import { letter } from './table.ts'

/** Withdraws a signed letter. */
export async function revokeLetter(ctx: Context, id: string) {
  const { facts, ...issue } = await revokeDocument(ctx, id, {
    name: 'letter',
    table: letter,
    find: findLetter,
    notFound: errors.LETTER_NOT_FOUND,
    alreadyRevoked: errors.LETTER_ALREADY_REVOKED,
  })
  return { ...issue, type: facts.type, language: facts.language }
}
