import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { find, softDelete, update } from '#/platform/database/write/entity.ts'
import { write } from '#/platform/database/write/write.ts'
import { createUser } from './create-user.ts'
import { endingSessions } from '#/access/session/index.ts'
import { forgettingFailures } from '#/access/session/index.ts'
import { userEntity } from '#/access/identity/index.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import type { UserChanges, UserInput } from './schema.ts'

/** Opens an account for somebody, with a first password. */
export function openAccount(ctx: Context, { student_id, ...input }: z.output<typeof UserInput>) {
  requireStrongPassword(ctx, input.password, 'password', input)
  return createUser(ctx, { ...input, student_id: student_id ?? null })
}

/** Changes an account. What changes its rights ends its sessions: their tokens still carry the old ones. */
export async function updateUser(ctx: Context, id: number, changes: z.output<typeof UserChanges>) {
  const user = await find(ctx, userEntity, id)
  const isSame = (field: 'role' | 'is_active' | 'student_id') =>
    changes[field] === undefined || changes[field] === user[field]
  if (isSame('role') && isSame('is_active') && isSame('student_id')) return update(ctx, userEntity, user, changes)
  const { ending } = await endingSessions(ctx, id)
  return update(ctx, userEntity, user, changes, { also: [ending] })
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
