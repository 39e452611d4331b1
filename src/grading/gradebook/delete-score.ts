import type { Context } from '#/platform/context.ts'
import { find, softDeleteRow } from '#/platform/database/write/entity.ts'
import { requireNotCarried } from './carried-score.ts'
import { scoreEntity } from './score-queries.ts'

/** The work then counts as missing. */
export async function deleteScore(ctx: Context, id: number) {
  const row = await find(ctx, scoreEntity, id)
  await requireNotCarried(ctx, row)
  await softDeleteRow(ctx, scoreEntity, row)
}
