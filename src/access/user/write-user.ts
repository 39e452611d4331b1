import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { find, softDelete, update } from '#/platform/database/write/entity.ts'
import { write } from '#/platform/database/write/write.ts'
import { startingConfirmation } from '#/access/email-confirmation/index.ts'
import { createUser } from './create-user.ts'
import { endingSessions } from '#/access/session/index.ts'
import { forgettingFailures } from '#/access/session/index.ts'
import { userEntity } from '#/access/identity/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import type { UserChanges, UserInput } from './schema.ts'

/** Opens an account for somebody, with a first password. Who gave that away knows it, too: whose e-mail it is shows when it is confirmed. */
export function openAccount(ctx: Context, { student_id, ...input }: z.output<typeof UserInput>) {
  requireStrongPassword(ctx, input.password, 'password', input)
  const { starting, events } = startingConfirmation(ctx, input.email)
  const user = { ...input, student_id: student_id ?? null, email_verified_at: null }
  return createUser(ctx, user, { also: [starting], events })
}

/**
 * Changes an account. What changes its rights ends its sessions: their tokens still carry the old ones. So does another e-mail, which is to be
 * confirmed like the first one.
 */
export async function updateUser(ctx: Context, id: number, changes: z.output<typeof UserChanges>) {
  const user = await find(ctx, userEntity, id)
  const isSame = (field: 'email' | 'role' | 'is_active' | 'student_id') =>
    changes[field] === undefined || changes[field] === user[field]
  const { email } = changes
  const isMoved = email !== undefined && !isSame('email')
  if (!isMoved && isSame('role') && isSame('is_active') && isSame('student_id'))
    return update(ctx, userEntity, user, changes)
  const { ending } = await endingSessions(ctx, id)
  if (!isMoved) return update(ctx, userEntity, user, changes, { also: [ending] })
  const { starting, events } = startingConfirmation(ctx, email)
  return update(ctx, userEntity, user, { ...changes, email_verified_at: null }, { also: [ending, starting], events })
}

/** Closes an account; it can be restored. */
export async function deleteUser(ctx: Context, id: number): Promise<void> {
  await find(ctx, userEntity, id)
  const { ending } = await endingSessions(ctx, id)
  await softDelete(ctx, userEntity, id, [ending])
}

/** Forgets the failed sign-ins of an account, so that its holder may try again at once. */
export async function unlockUser(ctx: Context, id: number): Promise<void> {
  const { email } = await find(ctx, userEntity, id)
  const forgetting = forgettingFailures(ctx, await sha256Hex(email))
  await write(ctx, { change: forgetting, audit: { entity: 'user', id } })
}

/** Ends every session of an account, such as one that somebody else got into: its refresh tokens and, from the next request on, its access tokens. */
export async function endSessionsOf(ctx: Context, id: number): Promise<{ revoked: number }> {
  await find(ctx, userEntity, id)
  const { ids, ending } = await endingSessions(ctx, id)
  if (ids.length > 0)
    await write(ctx, {
      change: ending,
      audit: { entity: 'user', id, changes: { ended_sessions: { new: ids.length } } },
    })
  return { revoked: ids.length }
}
