import type { Context } from '#/platform/context.ts'
import { judgeToken } from '#/paperwork/official-document/index.ts'
import { findLetter } from './queries.ts'
import type { LetterVerification } from './schema.ts'

/** Whether the letter that carries this token is genuine and current. */
export async function verifyLetter(ctx: Context, token: string): Promise<LetterVerification> {
  const { verdict, issue } = await judgeToken(ctx, token, async (id) => {
    const found = await findLetter(ctx.db, id)
    return found && { issue: found, holder: found.facts.student }
  })
  return issue
    ? { ...verdict, type: issue.facts.type, institution: issue.facts.institution }
    : { ...verdict, type: null }
}
