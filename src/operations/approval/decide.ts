import { forbidden } from '#/platform/forbidden.ts'
import { and, eq, gt } from 'drizzle-orm'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { type Context, system } from '#/platform/context.ts'
import { expectChange, expectThat } from '#/platform/database/write/guards.ts'
import { rememberKey } from '#/platform/database/write/idempotency.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { type Permission, reachOf } from '#/platform/policy.ts'
import { accountRoles } from '#/platform/words.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { errors } from './errors.ts'
import { findApproval, findAsked, isEstablished, mayStill, requireEstablished } from './queries.ts'
import { approval } from './table.ts'
import { actOf } from './two-persons.ts'

/**
 * Lets an act take place that somebody else asked for: in one batch with the decision, so that it takes place once, whoever else approves
 * at that moment. Throws APPROVAL_OWN, APPROVAL_DECIDED, APPROVAL_EXPIRED, APPROVAL_ACCOUNT_NEW,
 * APPROVAL_ASKER_BARRED, and what the act refuses.
 */
export async function approve(ctx: Context, id: string, note?: string) {
  const { row, askerRole } = await open(ctx, id)
  const operation = row.operation as Permission
  const act = actOf(operation)
  if (!act) throw new ApiError(sharedErrors.HTTP_403)
  if (!reachOf(operation, ctx.actor.role as never)) throw forbidden(operation, ctx.actor.role)
  await requireEstablished(ctx)
  const reach = askerRole && reachOf(operation, askerRole)
  if (!reach) throw new ApiError(errors.APPROVAL_ASKER_BARRED)
  const { idempotency: _, ...rest } = ctx
  const asker: Context = {
    ...rest,
    actor: { ...system, id: row.requested_by, role: askerRole },
    permission: operation,
    reach,
    origin: { method: 'BACKGROUND', path: `approval ${id}`, status: 202, ip: null, userAgent: null },
    ifMatch: undefined,
  }
  await act
    .act(asker, act.input.parse(row.input), [
      ...deciding(ctx, id, 'approved', note),
      expectThat(ctx, isEstablished(ctx, ctx.actor.id!)),
      expectThat(ctx, mayStill(ctx, row.requested_by, rolesOf(operation))),
      auditRow(ctx, { entity: 'approval', id, changes: decision('approved', note) }),
      ...rememberKey(ctx),
    ])
    .catch((error: unknown) => decidedMeanwhile(ctx, id, error))
  return findApproval(ctx, id)
}

/** Refuses what somebody else asked for. Throws APPROVAL_OWN, APPROVAL_DECIDED, APPROVAL_EXPIRED. */
export async function reject(ctx: Context, id: string, note?: string) {
  await open(ctx, id)
  const [change] = deciding(ctx, id, 'rejected', note)
  await write(ctx, {
    change: change!,
    audit: { entity: 'approval', id, changes: decision('rejected', note) },
  }).catch((error: unknown) => decidedMeanwhile(ctx, id, error))
  return findApproval(ctx, id)
}

type Decided = 'approved' | 'rejected'

/** An approval that the caller may decide on now. */
async function open(ctx: Context, id: string) {
  const found = await findAsked(ctx, id)
  const { status, requested_by, expires_at } = found.row
  const about = { entity: 'approval', id, summary: 'own wish not decided' }
  if (requested_by === ctx.actor.id) throw new ApiError(errors.APPROVAL_OWN, {}, { about })
  if (status === 'expired' || (status === 'pending' && expires_at <= ctx.now))
    throw new ApiError(errors.APPROVAL_EXPIRED)
  if (status !== 'pending') throw new ApiError(errors.APPROVAL_DECIDED)
  return found
}

/** Statements that decide, or fail the batch when somebody else has. */
const deciding = (ctx: Context, id: string, status: Decided, note?: string): [Statement, Statement] => [
  ctx.db
    .update(approval)
    .set({ status, decided_by: ctx.actor.id, decided_at: ctx.now, note: note ?? null })
    .where(and(eq(approval.id, id), eq(approval.status, 'pending'), gt(approval.expires_at, ctx.now))),
  expectChange(ctx),
]

/** The roles that may do it. */
const rolesOf = (operation: Permission) => accountRoles.filter((role) => reachOf(operation, role))

const decision = (status: Decided, note?: string) => ({
  status: { old: 'pending', new: status },
  ...(note !== undefined && { note: { new: note } }),
})

/** Of several who decide at once the slower ones learn that somebody has. */
async function decidedMeanwhile(ctx: Context, id: string, error: unknown): Promise<never> {
  if (isStale(error)) await open(ctx, id)
  throw error
}
