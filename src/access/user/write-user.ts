import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { demandVersion, find, restore, softDeleteRow, update } from '#/platform/database/write/entity.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import { startingConfirmation } from '#/access/email-confirmation/index.ts'
import { createUser } from './create-user.ts'
import { endAll, endingSessions } from '#/access/session/index.ts'
import { unlock } from '#/access/proof/index.ts'
import { userEntity, userTable } from '#/access/identity/index.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { requireStrongPassword } from '#/access/identity/rules.ts'
import { takePlace } from './take-place.ts'
import type { UserChanges, UserInput } from './schema.ts'

/** Opens an account for somebody, with a first password. Who gave that away knows it, too: whose e-mail it is shows when it is confirmed. */
export async function openAccount(ctx: Context, { student_id, ...input }: z.output<typeof UserInput>) {
  await requireStrongPassword(ctx, input.password, 'password', input)
  const user = { ...input, student_id: student_id ?? null, email_verified_at: null }
  const more = () => {
    const { starting, events } = startingConfirmation(ctx, input.email)
    return { also: [starting], events }
  }
  return createUser(ctx, user, { more })
}

/** What says who opens an account and what it may do: a session that began before it changed must not go on. */
const ofSessions = ['email', 'role', 'is_active', 'student_id'] as const

/** Changes an account. What changes its rights or its holder ends its sessions. Another e-mail is to be confirmed like the first one. */
export async function updateUser(ctx: Context, id: number, changes: z.output<typeof UserChanges>) {
  const user = await find(ctx, userEntity, id)
  const isSame = (field: (typeof ofSessions)[number]) => changes[field] === undefined || changes[field] === user[field]
  if (ofSessions.every(isSame)) return update(ctx, userEntity, user, changes)
  demandVersion(ctx, user)
  const { email } = changes
  const endingThem = <Done>(act: (ending: Statement) => Promise<Done>) => endingSessions(ctx, { userId: id }, act)
  if (email === undefined || isSame('email'))
    return endingThem((ending) => update(ctx, userEntity, user, changes, { also: [ending] }))
  return takePlace(ctx, { email, id, by: 'administrator' }, (before) =>
    endingThem((ending) => {
      const { starting, events } = startingConfirmation(ctx, email)
      const more = { before, also: [ending, starting], events }
      return update(ctx, userEntity, user, { ...changes, email_verified_at: null }, more)
    }),
  )
}

/** Closes an account; it can be restored. */
export async function deleteUser(ctx: Context, id: number): Promise<void> {
  const user = await find(ctx, userEntity, id)
  demandVersion(ctx, user)
  await endingSessions(ctx, { userId: id }, (ending) => softDeleteRow(ctx, userEntity, user, { also: [ending] }))
}

/** Opens a deleted account again, and no session of before with it. */
export async function restoreUser(ctx: Context, id: number) {
  const [row] = await ctx.db.select({ email: userTable.email }).from(userTable).where(eq(userTable.id, id))
  if (!row) throw new ApiError(identityErrors.USER_NOT_FOUND, { id })
  return endingSessions(ctx, { userId: id }, (ending) =>
    takePlace(ctx, { email: row.email, id, by: 'administrator' }, (before) =>
      restore(ctx, userEntity, id, {}, { before, also: [ending] }),
    ),
  )
}

/** Forgets the failed sign-ins of an account, so that its holder may try again at once. */
export async function unlockUser(ctx: Context, id: number): Promise<void> {
  const { email } = await find(ctx, userEntity, id)
  await unlock(ctx, email)
  await recordAct(ctx, { entity: 'user', id })
}

/** Ends every session of an account, such as one that somebody else got into: its refresh tokens and, from the next request on, its access tokens. */
export async function endSessionsOf(ctx: Context, id: number): Promise<{ revoked: number }> {
  await find(ctx, userEntity, id)
  return endAll(ctx, 'user', id)
}
