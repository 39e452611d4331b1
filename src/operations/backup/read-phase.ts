import type { Context } from '#/platform/context.ts'
import type { Step } from '#/platform/work/kind.ts'
import { rowsOf } from '#/operations/backup-file/index.ts'
import { markVerified, readIndex, readStep } from '#/operations/backup-store/index.ts'
import { beginRestore } from '#/operations/restore/index.ts'
import type { ProgressOf } from './progress.ts'
import type { Run } from './table.ts'

/** Reads on. A backup that was read to its end is good; a restore goes on from there. */
export async function readPhase(ctx: Context, run: Run, { reading }: ProgressOf<'read'>): Promise<Step<Run>> {
  const { index } = await readIndex(ctx, run.name)
  const { reading: next, manifest } = await readStep(ctx, run.name, index, reading)
  if (!manifest) return { set: { progress: { phase: 'read', reading: next }, rows: next.rows } }
  await markVerified(ctx, run.name, true)
  if (run.task === 'restore') return beginRestore(ctx, next, manifest)
  return { set: { progress: { phase: 'done' }, rows: rowsOf(manifest), finished_at: new Date().toISOString() } }
}
