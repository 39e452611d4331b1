import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { findAccountByEmail, userEntity, userTable } from '#/access/identity/index.ts'
import { endingSessions } from '#/access/session/index.ts'
import { type More, type NewUser, withHash } from './create-user.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

/**
 * Opens an account under an e-mail that a shadow may have: an account of which nobody knows whose e-mail it is. The shadow is closed in the
 * same write and its sessions end; what belonged to it stays with it. `more` is asked for anew when somebody else was quicker. Throws
 * EMAIL_TAKEN for the e-mail of somebody who is known.
 */
export async function takePlace(ctx: Context, user: NewUser, more: () => More) {
  const row = await withHash(ctx, user)
  return settle(async () => {
    const opening = (before: Statement[]) =>
      insert(ctx, userEntity, row, { ...more(), before }).catch((error: unknown) => readAgain(error, user.email))
    const shadow = await findAccountByEmail(ctx.db, user.email)
    if (!shadow) return opening([])
    if (shadow.known_since !== null) throw new ApiError(identityErrors.EMAIL_TAKEN, { email: user.email })
    return endingSessions(ctx, { userId: shadow.id }, (ending) => opening([...closingShadow(ctx, shadow), ending]))
  })
}

/** They fail the write when the shadow is one no more. */
function closingShadow(ctx: Context, { id, version }: { id: number; version: number }): Statement[] {
  const changes = { deleted_at: { old: null, new: ctx.now } }
  return [
    ctx.db
      .update(userTable)
      .set({ deleted_at: ctx.now, version: version + 1 })
      .where(and(eq(userTable.id, id), isNull(userTable.known_since), isNull(userTable.deleted_at))),
    expectChange(ctx),
    auditRow(ctx, { entity: 'user', id, changes, summary: 'gave way: its e-mail was never confirmed' }),
  ]
}

/** Somebody else took the e-mail since it was looked at. The last administrator is never closed, not even as a shadow. */
function readAgain(error: unknown, email: string): never {
  if (!(error instanceof ApiError)) throw error
  if (error.declared === identityErrors.LAST_ADMIN) throw new ApiError(identityErrors.EMAIL_TAKEN, { email })
  throw error.declared === identityErrors.EMAIL_TAKEN ? new ApiError(sharedErrors.STALE_STATE) : error
}
