import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { type Certifiable, draw } from './prepare-transcript.ts'
import type { Issue } from './table.ts'

/** The newest issue of the language, if its file is signed, it still says what the record says and its code has half of its life left. */
export function reusable({ now }: Context, { newest, digest }: Certifiable): Issue | undefined {
  if (
    newest?.digest !== digest ||
    newest.seal_kid === null ||
    newest.revoked_at !== null ||
    newest.superseded_at !== null
  )
    return undefined
  const halfway = (Date.parse(newest.issued_at) + Date.parse(newest.expires_at)) / 2
  return Date.parse(now) <= halfway ? newest : undefined
}

/**
 * The newest issue with its file, drawn once more to the same bytes. Undefined when it is not to be used again, or when a release, a key or
 * a setting draws it otherwise today: then no file is that of the issue.
 */
export async function redrawn(ctx: Context, certifiable: Certifiable) {
  const issue = reusable(ctx, certifiable)
  if (!issue) return undefined
  const bytes = await draw(ctx, certifiable.record, issue)
  return (await sha256Hex(bytes)) === issue.file_sha256 ? { issue, bytes } : undefined
}
