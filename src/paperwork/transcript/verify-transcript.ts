import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/digest.ts'
import { institutionOf } from '#/platform/env.ts'
import { findIssuedTo } from './queries.ts'
import type { Verification } from './schema.ts'
import { transcriptIssue } from './table.ts'
import { type Claims, readToken } from './verification-token.ts'

/** Whether the transcript that carries this token is genuine and current. Says no more about its holder than the paper shows. */
export async function verifyTranscript(ctx: Context, token: string): Promise<Verification> {
  const claims = await readToken(ctx.settings.TRANSCRIPT_KEY, token)
  if (!claims) return nothingKnown(ctx, 'tampered')
  const found = await findIssuedTo(ctx.db, eq(transcriptIssue.id, claims.issueId))
  return found ? verdictOn(ctx, found, claims) : nothingKnown(ctx, 'unknown')
}

/** Whether exactly this file was issued, and is current. A file with one byte changed is unknown. */
export async function verifyFile(ctx: Context, file: Uint8Array<ArrayBuffer>): Promise<Verification> {
  const found = await findIssuedTo(ctx.db, eq(transcriptIssue.file_sha256, await sha256Hex(file)))
  return found ? verdictOn(ctx, found) : nothingKnown(ctx, 'unknown')
}

type Found = NonNullable<Awaited<ReturnType<typeof findIssuedTo>>>

/** Without claims of a token the issue itself says until when. */
function verdictOn(ctx: Context, { issue, holder }: Found, claims?: Claims): Verification {
  const { digest, expires_at: expiresAt, issued_at } = issue
  const reason = reasonOf(issue, claims ?? { digest, expiresAt }, ctx.now)
  return {
    valid: reason === 'valid',
    reason,
    institution: institutionOf(ctx.settings),
    holder: holder && maskedHolder(holder),
    issued_at,
    expires_at: expiresAt,
    digest,
  }
}

const nothingKnown = (ctx: Context, reason: 'tampered' | 'unknown'): Verification => ({
  valid: false,
  reason,
  institution: institutionOf(ctx.settings),
  holder: null,
  issued_at: null,
  expires_at: null,
  digest: null,
})

function reasonOf(
  issue: Found['issue'],
  { digest, expiresAt }: Pick<Claims, 'digest' | 'expiresAt'>,
  now: string,
): Verification['reason'] {
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
