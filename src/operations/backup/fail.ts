import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Ending, Step } from '#/platform/work/kind.ts'
import { DamagedBackup, MissingBackupKey } from '#/operations/backup-file/index.ts'
import { deleteSegments, listBackups, markVerified, newReading, storeErrors } from '#/operations/backup-store/index.ts'
import { undoingRestore } from '#/operations/restore/index.ts'
import { copyingAnew, primary, readCatalog, stopNoting } from '#/operations/snapshot/index.ts'
import type { Progress } from './progress.ts'
import { backupRun, type Run } from './table.ts'

/** How an error ends a run; undefined for one that may not come again. */
export function endingOf(error: unknown): Ending<Run> | undefined {
  if (error instanceof DamagedBackup) return { error_code: storeErrors.BACKUP_DAMAGED.code, error_where: error.message }
  if (error instanceof MissingBackupKey)
    return { error_code: storeErrors.BACKUP_KEY_MISSING.code, error_where: error.kid }
  return error instanceof ApiError ? { error_code: error.code } : undefined
}

/** Leaves nothing of a run in the database: no notes, no shadow tables, no maintenance. */
export async function failing(ctx: Context, run: Run, { error_code }: Ending<Run>): Promise<Step<Run>> {
  if (error_code === storeErrors.BACKUP_DAMAGED.code) await markVerified(ctx, run.name, false)
  const d1 = primary(ctx)
  const catalog = await readCatalog(d1)
  const undo = run.task === 'restore' ? undoingRestore(ctx, d1, catalog) : []
  return { set: { progress: startOf(run) }, work: [...stopNoting(d1, catalog), ...undo] }
}

/** Where a run begins that is taken up again. */
function startOf({ progress }: Run): Progress {
  const left = 'copying' in progress ? { left: progress.copying.name } : {}
  return progress.phase === 'copy'
    ? { phase: 'copy', copying: copyingAnew(progress.copying), ...left }
    : { phase: 'read', reading: newReading(), ...left }
}

/** Deletes the half of a backup that a failed run had made, unless somebody makes that backup anew. */
export async function deleteLeftovers(ctx: Context, { progress }: Run): Promise<void> {
  const name = 'left' in progress ? progress.left : undefined
  if (name === undefined || (await isBeingMade(ctx, name))) return
  const backups = await listBackups(ctx)
  if (!backups.some((backup) => backup.name === name)) await deleteSegments(ctx, name, [])
}

async function isBeingMade({ db }: Context, name: string): Promise<boolean> {
  const [run] = await db
    .select({ id: backupRun.id })
    .from(backupRun)
    .where(and(eq(backupRun.name, name), isNull(backupRun.finished_at)))
  return run !== undefined
}
