import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { actOf } from './act-of.ts'
import { hashedRow } from './content.ts'
import { nextAuditId } from './next-id.ts'
import { auditLog, type Changes } from './table.ts'

export interface AuditEntry {
  /** The noun of the row that changed: `program`, `enrollment`. The action is the permission of the operation. */
  entity: string
  /** Left out: the row that `change` inserted. */
  id?: number | string | null
  /** As SQL where the database itself decides what is new. */
  changes?: Changes | SQL
  summary?: string
  reason?: string | null | undefined
}

/** The audit row of an act, for a batch that is not `write`'s. */
export function auditRow(ctx: Context, { entity, id, changes = {}, summary, reason }: AuditEntry, success = true) {
  const row = {
    id: nextAuditId,
    ...actOf(ctx),
    entity_type: entity,
    entity_id: id === undefined ? sql`cast(last_insert_rowid() as text)` : id === null ? null : String(id),
    changes,
    summary: summary ?? null,
    reason: reason ?? null,
    success,
  }
  return ctx.db.insert(auditLog).values(row).returning(hashedRow)
}
