import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { judgeToken, nothingKnown, type Verdict, verdictOn } from '#/paperwork/official-document/index.ts'
import { findHeld, findHeldFile, type Held } from './queries.ts'
import type { LetterVerification } from './schema.ts'

/** Whether the letter that carries this token is genuine and current. */
export async function verifyLetter(ctx: Context, token: string): Promise<LetterVerification> {
  const { verdict, found } = await judgeToken(ctx, token, (id) => findHeld(ctx.db, id))
  return told(verdict, found)
}

/** Whether exactly this file was issued, and is current. A file with one byte changed is unknown. */
export async function verifyLetterFile(ctx: Context, file: Uint8Array<ArrayBuffer>): Promise<LetterVerification> {
  const found = await findHeldFile(ctx.db, await sha256Hex(file))
  return told(found ? verdictOn(ctx, found) : nothingKnown(ctx, 'unknown'), found)
}

const told = (verdict: Verdict, found: Held | undefined): LetterVerification =>
  found
    ? { ...verdict, type: found.issue.facts.type, institution: found.issue.facts.institution }
    : { ...verdict, type: null }
