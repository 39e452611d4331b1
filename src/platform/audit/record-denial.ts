import type { Context } from '#/platform/context.ts'
import { auditRow } from './audit-row.ts'

/** A row for an attempt that was refused: by whom, what, and why. */
export async function recordDenial(
  ctx: Context,
  { entity, id, summary }: { entity: string; id: number | null; summary: string },
): Promise<void> {
  await auditRow(ctx, { entity, id, summary }, false)
}
