import type { Context } from '#/platform/context.ts'
import { addressOf, institutionOf } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { currentSeal, digestOf, wholeSeconds } from '#/paperwork/official-document/index.ts'
import type { LetterFacts } from './letter-facts.ts'
import { findHolder } from './queries.ts'
import { drawLetter } from './read-letter.ts'
import { letter } from './table.ts'
import { errors } from './errors.ts'

/** Authorities ask for letters that are at most three months old. */
const validityMs = 90 * 24 * 60 * 60 * 1000

interface Wish {
  id: number
  student_id: number
  type: LetterFacts['type']
  language: LetterFacts['language']
  details: string | null
}

/** Signs a letter: a row for the write that approves it. Writes nothing. */
export async function signLetter(ctx: Context, { id, student_id, type, language, details }: Wish) {
  const { student, program } = await findHolder(ctx, student_id)
  const { status, ...certified } = student
  if (status !== 'active') throw new ApiError(errors.REQUEST_STUDENT_NOT_ACTIVE, { status })
  const [institution, institution_address] = [institutionOf(ctx.settings), addressOf(ctx.settings)]
  const facts = { type, language, institution, institution_address, student: certified, program, purpose: details }
  const signed = {
    id: ctx.newId(),
    facts,
    digest: await digestOf(facts),
    issued_at: ctx.now,
    expires_at: wholeSeconds(Date.parse(ctx.now) + validityMs),
    seal_kid: currentSeal(ctx.settings),
  }
  const file_sha256 = await sha256Hex(await drawLetter(ctx, signed))
  return { statement: ctx.db.insert(letter).values({ ...signed, request_id: id, file_sha256 }) }
}
