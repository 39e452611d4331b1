import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { readCatalog } from './catalog.ts'
import { stopNoting } from './change-log.ts'
import { copyingAnew } from './copy.ts'
import { primary } from './d1.ts'
import { DamagedBackup, MissingBackupKey } from './damage.ts'
import { endMaintenance } from './maintenance.ts'
import type { Progress } from './progress.ts'
import { newReading } from './read.ts'
import { type Ending, saveStep } from './run.ts'
import { dropShadows } from './shadow.ts'
import { deleteSegments, listBackups, markVerified } from './store.ts'
import type { Run } from './table.ts'
import { errors } from './errors.ts'

/** How an error ends a run; null for one that may not come again. */
export function endingOf(error: unknown): Ending {
  if (error instanceof DamagedBackup) return { error_code: errors.BACKUP_DAMAGED.code, error_where: error.message }
  if (error instanceof MissingBackupKey) return { error_code: errors.BACKUP_KEY_MISSING.code, error_where: error.kid }
  if (error instanceof ApiError) return { error_code: error.code, error_where: null }
  return null
}

/** Ends a run without success, and leaves nothing of it: no notes, no shadow tables, no maintenance, no half backup. */
export async function failRun(ctx: Context, run: Run, ending: NonNullable<Ending>): Promise<Run> {
  if (ending.error_code === 'BACKUP_DAMAGED') await markVerified(ctx, run.name, false)
  const d1 = primary(ctx)
  const catalog = await readCatalog(d1)
  const undo =
    run.task === 'restore'
      ? [...stopNoting(d1, catalog), ...dropShadows(d1, catalog), endMaintenance(d1)]
      : stopNoting(d1, catalog)
  const failed = await saveStep(d1, run, { progress: startOf(run), rows: run.rows, ending }, undo)
  if ('copying' in run.progress) await deleteUnlessWhole(ctx, run.progress.copying.name)
  return failed
}

/** Where a run begins that is taken up again. */
const startOf = ({ progress }: Run): Progress =>
  progress.phase === 'copy'
    ? { phase: 'copy', copying: copyingAnew(progress.copying) }
    : { phase: 'read', reading: newReading() }

async function deleteUnlessWhole(ctx: Context, name: string): Promise<void> {
  const backups = await listBackups(ctx)
  if (!backups.some((backup) => backup.name === name)) await deleteSegments(ctx, name, [])
}
