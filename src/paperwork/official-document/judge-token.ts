import type { Context } from '#/platform/context.ts'
import { institutionOf } from '#/platform/env.ts'
import { readToken } from './verification-token.ts'

/** What is on record of a document and decides what it is worth. */
interface Issued {
  digest: string
  issued_at: string
  expires_at: string
  revoked_at: string | null
}

interface Holder {
  first_name: string | null
  last_name: string | null
  student_number: string
}

/** A document on record; the holder is null once deleted. */
interface Found<Issue extends Issued> {
  issue: Issue
  holder: Holder | null
}

/** Whether a document is genuine and current. Says no more about its holder than the paper shows. */
export interface Verdict {
  valid: boolean
  reason: 'valid' | 'expired' | 'tampered' | 'unknown' | 'revoked'
  institution: { en: string; el: string }
  holder: { initials: string; student_number: string } | null
  issued_at: string | null
  expires_at: string | null
  digest: string | null
}

/** Judges the document that carries a token; `find` looks up the issue that the token names. What is not ours is not found. */
export async function judgeToken<Known extends Found<Issued>>(
  ctx: Context,
  token: string,
  find: (issueId: string) => Promise<Known | undefined>,
): Promise<{ verdict: Verdict; found?: Known }> {
  const claims = await readToken(ctx.settings.TRANSCRIPT_KEY, token)
  if (!claims) return { verdict: nothingKnown(ctx, 'tampered') }
  const found = await find(claims.issueId)
  if (!found) return { verdict: nothingKnown(ctx, 'unknown') }
  if (found.issue.digest !== claims.digest) return { verdict: nothingKnown(ctx, 'tampered') }
  return { verdict: verdictOn(ctx, found, claims.expiresAt), found }
}

/** What a document on record is worth now. A token may have been signed for a shorter time than the document. */
export function verdictOn(ctx: Context, { issue, holder }: Found<Issued>, tokenExpiresAt = issue.expires_at): Verdict {
  const { digest, issued_at, expires_at, revoked_at } = issue
  const isCurrent = ctx.now < expires_at && ctx.now < tokenExpiresAt
  const reason = revoked_at ? 'revoked' : isCurrent ? 'valid' : 'expired'
  return {
    valid: reason === 'valid',
    reason,
    institution: institutionOf(ctx.settings),
    holder: holder && maskedHolder(holder),
    issued_at,
    expires_at,
    digest,
  }
}

/** Of what is not on record, nothing is told. */
export const nothingKnown = ({ settings }: Context, reason: 'tampered' | 'unknown'): Verdict => ({
  valid: false,
  reason,
  institution: institutionOf(settings),
  holder: null,
  issued_at: null,
  expires_at: null,
  digest: null,
})

/** As much of the holder as tells whether a paper is theirs. */
const maskedHolder = ({ first_name, last_name, student_number }: Holder) => ({
  initials: [first_name, last_name].flatMap((name) => (name ? [initial(name)] : [])).join(' '),
  student_number: masked(student_number),
})

const initial = (name: string) => `${[...name][0] ?? ''}.`

/** Only how long it is: the number is what its disclosure asks for, and any digit of it would be a help in guessing. */
const masked = (number: string) => '*'.repeat(number.length)
