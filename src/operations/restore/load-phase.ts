import type { Context } from '#/platform/context.ts'
import type { Place } from '#/platform/work/kind.ts'
import { readIndex } from '#/operations/backup-store/index.ts'
import { backedUp, readCatalog, requireSchema } from '#/operations/snapshot/index.ts'
import { completeTables, loadSegment } from './load.ts'
import { keepMaintenance, maintained } from './maintenance.ts'
import type { Loading, RestoreOf, RestoreStep } from './progress.ts'

/** Loads a segment of the backup `name`: first all changes, then all rows. */
export async function loadPhase(
  ctx: Context,
  name: string,
  { target, saved, loading }: RestoreOf<'load'>,
  { unlessOvertaken }: Place,
): Promise<RestoreStep> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  const { index } = await readIndex(ctx, name)
  const next = await loadSegment(ctx, d1, { index, catalog }, unlessOvertaken, loading)
  const isAll = next.segment === index.segments.length
  const start: Loading = { part: 'rows', segment: 0, chunk: 0, complete: 0 }
  if (isAll && next.part === 'rows') {
    const rest = completeTables(d1, backedUp(catalog).slice(next.complete))
    return {
      set: { progress: { phase: 'merge', target, saved, isChecked: false } },
      work: [...keepMaintenance(ctx), ...rest],
    }
  }
  const progress = { phase: 'load' as const, target, saved, loading: isAll ? start : next }
  return { set: { progress }, work: keepMaintenance(ctx) }
}
