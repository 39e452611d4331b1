import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { admitSignIn } from '../gate/index.ts'
import { endingSessions } from './end-session.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { findAccountById } from './queries.ts'
import { requireStrongPassword } from './rules.ts'
import { userTable } from './table.ts'

interface Change {
  current_password: string
  new_password: string
}

/** Gives the caller a new password and ends the caller's other sessions. Throws PASSWORD_WRONG. */
export async function changePassword(ctx: Context, { current_password, new_password }: Change): Promise<void> {
  requireStrongPassword(new_password, 'new_password', ctx.language)
  const account = await findAccountById(ctx.db, ctx.actor.id!)
  if (!account) throw new ApiError('HTTP_401')
  await admitSignIn(ctx.env, ctx.settings, account.email)
  if (!(await verifyPassword(current_password, account.password_hash))) throw new ApiError('PASSWORD_WRONG')
  const { ending } = await endingSessions(ctx, account.id, ctx.actor.sessionId!)
  const password_hash = await hashPassword(new_password, ctx.settings.PASSWORD_MEMORY_KIB)
  await write(ctx, {
    change: ctx.db
      .update(userTable)
      .set({ password_hash, version: account.version + 1, updated_at: ctx.now })
      .where(eq(userTable.password_hash, account.password_hash)),
    audit: { entity: 'account', id: account.id, changes: { password_hash: { new: '[redacted]' } } },
    also: [ending],
  })
}
