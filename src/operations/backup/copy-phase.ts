import type { Context } from '#/platform/context.ts'
import type { Step } from '#/platform/work/kind.ts'
import { newReading } from '#/operations/backup-store/index.ts'
import { copyOn } from '#/operations/snapshot/index.ts'
import type { ProgressOf } from './progress.ts'
import type { Run } from './table.ts'

/** Copies on; a backup that is whole is read back at once. */
export async function copyPhase(ctx: Context, { copying }: ProgressOf<'copy'>): Promise<Step<Run>> {
  const { copying: next, rows, isWhole, work } = await copyOn(ctx, copying)
  const progress = isWhole
    ? { phase: 'read' as const, reading: newReading() }
    : { phase: 'copy' as const, copying: next }
  return { set: { progress, rows }, work }
}
