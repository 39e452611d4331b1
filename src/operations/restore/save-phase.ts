import type { Context } from '#/platform/context.ts'
import { copyOn, readCatalog } from '#/operations/snapshot/index.ts'
import { keepMaintenance, maintained } from './maintenance.ts'
import type { Loading, RestoreOf, RestoreStep } from './progress.ts'
import { createShadows } from './shadow.ts'

/** Makes a backup of what will be replaced, then the tables to load into. */
export async function savePhase(ctx: Context, { target, copying }: RestoreOf<'save'>): Promise<RestoreStep> {
  const d1 = await maintained(ctx)
  const { copying: next, rows, isWhole, work } = await copyOn(ctx, copying)
  const always = [...keepMaintenance(ctx), ...work]
  if (!isWhole) return { set: { progress: { phase: 'save', target, copying: next }, rows }, work: always }
  const loading: Loading = target.changes
    ? { part: 'changes', ...target.changes, complete: 0 }
    : { part: 'rows', segment: 0, chunk: 0, complete: 0 }
  return {
    set: { progress: { phase: 'load', target, saved: next.name, loading }, rows },
    work: [...always, ...createShadows(d1, await readCatalog(d1))],
  }
}
