import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { actOf } from './act-of.ts'
import { hashedRow } from './content.ts'
import { nextAuditIds } from './next-id.ts'
import { auditLog } from './table.ts'
import { besideAct } from './written-id.ts'

interface Rows {
  entity: string
  id: SQL
  changes: SQL
  /** Left out: which row tells of the act that they go with. */
  summary?: SQL
  from: SQL
  /** What becomes of these rows, where that is not what the operation is for. */
  action?: string
}

/** Audit rows of many changes at once, one for each row of `from`, for a batch that `write` is too small for or that changes further rows. */
export function auditRows(ctx: Context, { entity, id, changes, summary = besideAct, from, action }: Rows) {
  const said = { entity_type: entity, entity_id: sql`cast(${id} as text)`, changes, summary, success: true }
  const values = { id: nextAuditIds, ...actOf(ctx), ...(action && { action }), ...said }
  return insertFrom(ctx, auditLog, values, from).returning(hashedRow)
}
