import type { Context } from '../../context.ts'
import { findIssuedTo } from './queries.ts'
import type { Verification } from './schema.ts'
import { type Claims, readToken } from './verification-token.ts'

/** Whether the transcript that carries this token is genuine and current. Says no more about its holder than the paper shows. */
export async function verifyTranscript(ctx: Context, token: string): Promise<Verification> {
  const { settings } = ctx
  const institution = { en: settings.INSTITUTION_NAME, el: settings.INSTITUTION_NAME_EL }
  const nothingKnown = { institution, holder: null, issued_at: null, expires_at: null, digest: null }
  const claims = await readToken(settings.TRANSCRIPT_KEY, token)
  if (!claims) return { valid: false, reason: 'tampered', ...nothingKnown }
  const found = await findIssuedTo(ctx.db, claims.issueId)
  if (!found) return { valid: false, reason: 'unknown', ...nothingKnown }
  const { issue, holder } = found
  const reason = reasonOf(issue, claims, ctx.now)
  return {
    valid: reason === 'valid',
    reason,
    institution,
    holder: holder && maskedHolder(holder),
    issued_at: issue.issued_at,
    expires_at: issue.expires_at,
    digest: issue.digest,
  }
}

type Issue = NonNullable<Awaited<ReturnType<typeof findIssuedTo>>>['issue']

function reasonOf(issue: Issue, { digest, expiresAt }: Claims, now: string): Verification['reason'] {
  if (issue.digest !== digest) return 'tampered'
  if (issue.revoked_at !== null) return 'revoked'
  if (issue.superseded_at !== null) return 'superseded'
  return issue.expires_at <= now || expiresAt <= now ? 'expired' : 'valid'
}

interface Holder {
  first_name: string
  last_name: string
  student_number: string
}

/** As much of the holder as tells whether a paper is theirs. */
export const maskedHolder = ({ first_name, last_name, student_number }: Holder) => ({
  initials: `${initial(first_name)} ${initial(last_name)}`,
  student_number: masked(student_number),
})

const initial = (name: string) => `${[...name][0] ?? ''}.`

/** `2025-00123` -> `*******123`. */
const masked = (number: string) =>
  number.slice(number.length - Math.min(3, Math.floor(number.length / 2))).padStart(number.length, '*')
