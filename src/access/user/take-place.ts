import { and, eq, isNull, or } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { type AccountRow, findAccountByEmail, userTable } from '#/access/identity/index.ts'
import { endingSessions } from '#/access/session/index.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

/**
 * Who takes it. Whoever holds a mailed invitation has proved the e-mail: all shadows give way. A stranger closes no account of staff that was
 * signed in to, an administrator only one that a stranger registered.
 */
export type Taker = 'invited' | 'administrator' | 'stranger'

interface Place {
  email: string
  /** The account that is to have the e-mail, where it is there already. */
  id?: number
  by: Taker
}

/**
 * Gives an e-mail to an account, although a shadow may have it: an account of which nobody knows whose e-mail it is. `act` puts the
 * statements that close the shadow before its change; the sessions of the shadow end in that write, and what belonged to it stays with it.
 * `act` is asked anew when somebody else was quicker. Throws EMAIL_TAKEN for the e-mail of somebody who does not give way.
 */
export function takePlace<Done>(
  ctx: Context,
  { email, id, by }: Place,
  act: (before: Statement[]) => Promise<Done>,
): Promise<Done> {
  return settle(async () => {
    const taken = new ApiError(identityErrors.EMAIL_TAKEN, { email })
    const shadow = await findAccountByEmail(ctx.db, email)
    if (!shadow || shadow.id === id) return act([]).catch(readAgain)
    if (!(await givesWay(ctx, shadow, by))) throw taken
    return endingSessions(ctx, { userId: shadow.id }, (ending) =>
      act([...closingShadow(ctx, shadow, by), ending]).catch((error: unknown) => {
        // The last administrator is never closed, not even as a shadow.
        if (shadow.role === 'admin' && is(error, identityErrors.LAST_ADMIN)) throw taken
        return readAgain(error)
      }),
    )
  })
}

async function givesWay(
  ctx: Context,
  { id, known_since, signed_in_at, role }: AccountRow,
  by: Taker,
): Promise<boolean> {
  if (known_since !== null) return false
  if (by === 'stranger') return role === 'student' || signed_in_at === null
  return by === 'invited' || isRegistered(ctx, id)
}

/** Whether its holder opened an account, not the registry. */
const isRegistered = async ({ db }: Context, id: number) =>
  (await db.$count(
    auditLog,
    and(eq(auditLog.entity_type, 'user'), eq(auditLog.entity_id, String(id)), eq(auditLog.action, 'account.register')),
  )) > 0

/** They fail the write when the account gives way no more. */
function closingShadow(ctx: Context, { id, version }: AccountRow, by: Taker): Statement[] {
  const changes = { deleted_at: { old: null, new: ctx.now } }
  const isIdle = or(eq(userTable.role, 'student'), isNull(userTable.signed_in_at))
  return [
    ctx.db
      .update(userTable)
      .set({ deleted_at: ctx.now, version: version + 1 })
      .where(
        and(
          eq(userTable.id, id),
          isNull(userTable.known_since),
          isNull(userTable.deleted_at),
          by === 'stranger' ? isIdle : undefined,
        ),
      ),
    expectChange(ctx),
    auditRow(ctx, { entity: 'user', id, changes, summary: 'gave way: its e-mail was never confirmed' }),
  ]
}

/** Somebody else took the e-mail since it was looked at. */
function readAgain(error: unknown): never {
  throw is(error, identityErrors.EMAIL_TAKEN) ? new ApiError(sharedErrors.STALE_STATE) : error
}

const is = (error: unknown, declared: DeclaredError) => error instanceof ApiError && error.declared === declared
