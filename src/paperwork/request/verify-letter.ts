import type { Context } from '#/platform/context.ts'
import { institutionOf } from '#/platform/env.ts'
import { maskedHolder, readToken } from '#/paperwork/transcript/index.ts'
import { findLetter } from './queries.ts'
import type { LetterVerification } from './schema.ts'

/** Whether the letter that carries this token is genuine and current. Says no more about its holder than the paper shows. */
export async function verifyLetter(ctx: Context, token: string): Promise<LetterVerification> {
  const { settings } = ctx
  const institution = institutionOf(settings)
  const nothingKnown = { type: null, institution, holder: null, issued_at: null, expires_at: null, digest: null }
  const claims = await readToken(settings.TRANSCRIPT_KEY, token)
  if (!claims) return { valid: false, reason: 'tampered', ...nothingKnown }
  const found = await findLetter(ctx.db, claims.issueId)
  if (!found) return { valid: false, reason: 'unknown', ...nothingKnown }
  const { facts, digest, issued_at, expires_at, revoked_at } = found
  if (digest !== claims.digest) return { valid: false, reason: 'tampered', ...nothingKnown }
  const isCurrent = ctx.now < expires_at && ctx.now < claims.expiresAt
  const reason = revoked_at ? 'revoked' : isCurrent ? 'valid' : 'expired'
  return {
    valid: reason === 'valid',
    reason,
    type: facts.type,
    institution: facts.institution,
    holder: maskedHolder(facts.student),
    issued_at,
    expires_at,
    digest,
  }
}
