import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findLetter } from './queries.ts'
import { letter } from './table.ts'
import { errors } from './errors.ts'

/** Makes a signed letter worthless: its QR code answers `revoked` from now on. */
export async function revokeLetter(ctx: Context, id: string) {
  const found = await findLetter(ctx.db, id)
  if (!found) throw new ApiError(errors.LETTER_NOT_FOUND, { id })
  if (found.revoked_at) throw new ApiError(errors.LETTER_ALREADY_REVOKED)
  await write(ctx, {
    change: ctx.db
      .update(letter)
      .set({ revoked_at: ctx.now })
      .where(and(eq(letter.id, id), isNull(letter.revoked_at))),
    audit: { entity: 'letter', id, changes: { revoked_at: { old: null, new: ctx.now } } },
  })
  return { ...found, type: found.facts.type, language: found.facts.language, revoked_at: ctx.now }
}
