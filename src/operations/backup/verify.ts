import type { Context } from '#/platform/context.ts'
import { primary } from './d1.ts'
import { rowsOf } from './manifest.ts'
import type { ProgressOf } from './progress.ts'
import { readStep } from './read.ts'
import { beginRestore } from './restore.ts'
import { saveStep } from './run.ts'
import { markVerified, readIndex } from './store.ts'
import type { Run } from './table.ts'

/** Reads on. A backup that was read to its end is good; a restore goes on from there. */
export async function readPhase(ctx: Context, run: Run, { reading }: ProgressOf<'read'>): Promise<Run> {
  const { index } = await readIndex(ctx, run.name)
  const { reading: next, manifest } = await readStep(ctx, run.name, index, reading)
  if (!manifest) return saveStep(primary(ctx), run, { progress: { phase: 'read', reading: next }, rows: next.rows })
  await markVerified(ctx, run.name, true)
  if (run.task === 'restore') return beginRestore(ctx, run, next, manifest)
  const rows = rowsOf(manifest)
  const ending = { error_code: null, error_where: null }
  return saveStep(primary(ctx), run, { progress: { phase: 'done' }, rows, ending })
}
