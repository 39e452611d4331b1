import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { requireNotCarried } from './carried-score.ts'
import { findWorkOf, scoreEntity } from './score-queries.ts'

/** Brings a deleted score back, if the student could be given it today. */
export async function restoreScore(ctx: Context, id: number) {
  const work = await findWorkOf(ctx, id)
  if (work) await requireNotCarried(ctx, work)
  return restore(ctx, scoreEntity, id, work)
}
