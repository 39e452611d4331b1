import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { actOf } from './act-of.ts'
import { hashedRow } from './content.ts'
import { nextAuditIds } from './next-id.ts'
import { auditLog } from './table.ts'

/** Audit rows of many changes at once, one for each row of `from`, for a batch that `write` is too small for. */
export function auditRows(ctx: Context, of: { entity: string; id: SQL; changes: SQL; summary: SQL; from: SQL }) {
  const { entity, id, changes, summary, from } = of
  const said = { entity_type: entity, entity_id: sql`cast(${id} as text)`, changes, summary, success: true }
  return insertFrom(ctx, auditLog, { id: nextAuditIds, ...actOf(ctx), ...said }, from).returning(hashedRow)
}
