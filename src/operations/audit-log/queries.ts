import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byDate, byFlag, byId, byText, notAfter, notBefore } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { ApiError } from '#/platform/errors.ts'
import { dailyActivity } from './table.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const rows = (db: Database) => db.select().from(auditLog).$dynamic()

export const auditList = list({
  rows,
  id: auditLog.id,
  orderings: { id: auditLog.id },
  defaultOrdering: '-id',
  filters: {
    user_id: byId(auditLog.actor_id),
    action: byText(auditLog.action),
    entity_type: byText(auditLog.entity_type),
    entity_id: byText(auditLog.entity_id),
    method: byText(auditLog.method),
    success: byFlag(auditLog.success),
    request_id: byText(auditLog.request_id),
    from: notBefore(auditLog.at),
    to: notAfter(auditLog.at),
  },
})

export const activityList = list({
  rows: (db: Database) => db.select().from(dailyActivity).$dynamic(),
  id: dailyActivity.id,
  orderings: { day: dailyActivity.day, action: dailyActivity.action },
  defaultOrdering: '-day',
  filters: {
    action: byText(dailyActivity.action),
    day: byDate(dailyActivity.day),
  },
})

/** One entry with its changes. */
export async function findEntry(ctx: Context, id: number) {
  const [entry] = await rows(ctx.db).where(eq(auditLog.id, id))
  if (!entry) throw new ApiError(sharedErrors.AUDIT_ENTRY_NOT_FOUND, { id })
  return entry
}
