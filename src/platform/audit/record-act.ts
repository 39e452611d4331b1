import type { Context } from '#/platform/context.ts'
import { type AuditEntry, auditRow } from './audit-row.ts'

/** A row for an act whose effect is not in the database, such as the deletion of a file. */
export async function recordAct(ctx: Context, audit: AuditEntry & { id: number | string }): Promise<void> {
  await auditRow(ctx, audit)
}
