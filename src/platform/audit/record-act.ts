import type { Context } from '#/platform/context.ts'
import { asApiError } from '#/platform/database/constraints.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { type AuditEntry, auditRow } from './audit-row.ts'

/** A row for an act whose effect is not in the database, such as the deletion of a file. `also` is what has to hold for that. */
export async function recordAct(
  ctx: Context,
  audit: AuditEntry & { id: number | string },
  also: readonly Statement[] = [],
): Promise<void> {
  await ctx.db.batch([auditRow(ctx, audit), ...also]).catch((error: unknown) => {
    throw asApiError(error, {}, ctx)
  })
}
