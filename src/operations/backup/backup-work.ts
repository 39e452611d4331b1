import { ne } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Place, Step } from '#/platform/work/kind.ts'
import { workKind } from '#/platform/work/work-kind.ts'
import { loadPhase, mergePhase, savePhase, swapPhase } from '#/operations/restore/index.ts'
import { primary } from '#/operations/snapshot/index.ts'
import { copyPhase } from './copy-phase.ts'
import { errors } from './errors.ts'
import { deleteLeftovers, endingOf, failing } from './fail.ts'
import { readPhase } from './read-phase.ts'
import { backupRun, type Run } from './table.ts'

/** The making, verifying and restoring of backups. One run at a time has the database, by a unique index. */
export const backupWork = workKind({
  type: 'backup.work',
  names: 'run_id',
  permission: 'backup.restore',
  queue: 'bulk',
  table: backupRun,
  budget: () => ({ steps: 4, milliseconds: 15_000 }),
  // Shorter than a restore holds the database, so that one that is taken up goes on.
  strandedMs: 60 * 1000,
  longestMs: 24 * 60 * 60 * 1000,
  step,
  endingOf,
  failing,
  gaveUp: errors.BACKUP_GAVE_UP.code,
  // Who asked for a restore, and who approved it, did so for that moment.
  reviving: {
    set: { error_where: null },
    where: ne(backupRun.task, 'restore'),
    never: ({ task }) => task === 'restore',
  },
  ended: deleteLeftovers,
  session: primary,
})

function step(ctx: Context, run: Run, place: Place): Promise<Step<Run>> {
  const { progress } = run
  switch (progress.phase) {
    case 'copy':
      return copyPhase(ctx, progress)
    case 'read':
      return readPhase(ctx, run, progress)
    case 'save':
      return savePhase(ctx, progress)
    case 'load':
      return loadPhase(ctx, run.name, progress, place)
    case 'merge':
      return mergePhase(ctx, progress, place)
    case 'swap':
      return swapPhase(ctx, run.name, progress)
    case 'done':
      throw new Error('a run that has ended has no next step')
  }
}
