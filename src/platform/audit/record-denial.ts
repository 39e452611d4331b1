import type { Context } from '#/platform/context.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import { auditRow } from './audit-row.ts'

interface Denial {
  entity: string
  id: number | string | null
  summary: string
  refusal: DeclaredError
}

/** A row for an attempt that was refused: by whom, what, why, and with which status. */
export async function recordDenial(ctx: Context, { refusal, ...entry }: Denial): Promise<void> {
  await auditRow(ctx, entry, refusal)
}
