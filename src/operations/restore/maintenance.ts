import { gt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { prepared } from '#/platform/work/save-step.ts'
import { primary } from '#/operations/snapshot/index.ts'
import { errors } from './errors.ts'
import { maintenance } from './table.ts'

/** A restore has the database to itself for so long after its last step; then writes are let in again. */
const leaseMs = 2 * 60 * 1000

const leaseEnd = () => new Date(Date.now() + leaseMs).toISOString()
const now = () => new Date().toISOString()

export function beginMaintenance({ db }: Context): Statement {
  const until = leaseEnd()
  return db.insert(maintenance).values({ until }).onConflictDoUpdate({ target: maintenance.id, set: { until } })
}

/** Goes on with it; fails the batch when it has lapsed, as something may have been written since. */
export const keepMaintenance = (ctx: Context): Statement[] => [
  ctx.db.update(maintenance).set({ until: leaseEnd() }).where(gt(maintenance.until, now())),
  expectChange(ctx),
]

export const endMaintenance = ({ db }: Context): Statement => db.delete(maintenance)

/** The database of a restore under way. Throws RESTORE_INTERRUPTED when something may have been written since the last step. */
export async function maintained(ctx: Context): Promise<D1DatabaseSession> {
  const d1 = primary(ctx)
  const lease = ctx.db.select().from(maintenance).where(gt(maintenance.until, now()))
  if (!(await prepared(d1, lease).first())) throw new ApiError(errors.RESTORE_INTERRUPTED)
  return d1
}
