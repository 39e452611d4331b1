import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { auditRow } from './audit-row.ts'

/** A row for an attempt that was refused: by whom, what, and why. `also` counts it. */
export async function recordDenial(
  ctx: Context,
  { entity, id, summary }: { entity: string; id: number | null; summary: string },
  also: readonly Statement[] = [],
): Promise<void> {
  await ctx.db.batch([auditRow(ctx, { entity, id, summary }, false), ...also])
}
