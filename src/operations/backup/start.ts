import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { currentKey, listBackups, nameOf, newReading, readIndex, storeErrors } from '#/operations/backup-store/index.ts'
import { newCopying } from '#/operations/snapshot/index.ts'
import { backupWork } from './backup-work.ts'
import { errors } from './errors.ts'
import type { Progress } from './progress.ts'
import { latestRuns, shownRun } from './queries.ts'
import type { Run } from './table.ts'

/**
 * Begins a backup of every durable row; the queue does the work. The audit log is sealed before it: what that tells of persons goes into a
 * backup encrypted, or not at all where the salt is gone. Throws BACKUP_EXISTS and BACKUP_UNDER_WAY.
 */
export async function startBackup(ctx: Context, name = nameOf(ctx.now)) {
  const backups = await listBackups(ctx)
  if (backups.some((backup) => backup.name === name)) throw new ApiError(storeErrors.BACKUP_EXISTS, { name })
  await sealAuditLog(ctx)
  const copying = await newCopying(ctx, name, await currentKey(ctx))
  return shownRun(await startRun(ctx, { task: 'backup', name }, { phase: 'copy', copying }))
}

/** The nightly job. Answers how many backups it began: none where one is being made this very moment. */
export async function backUp(ctx: Context): Promise<number> {
  try {
    await startBackup({ ...ctx, permission: 'backup.create' })
    return 1
  } catch (error) {
    if (await isBeingMade(ctx)) return 0
    throw error
  }
}

async function isBeingMade(ctx: Context): Promise<boolean> {
  const [latest] = await latestRuns(ctx)
  return latest?.task === 'backup' && latest.finished_at === null
}

/** Begins to read a backup to its end without writing anything. */
export async function startVerification(ctx: Context, name: string) {
  await readIndex(ctx, name)
  return shownRun(await startRun(ctx, { task: 'verify', name }, { phase: 'read', reading: newReading() }))
}

/** Begins to put a backup in the place of everything that is there. Throws BACKUP_NOT_CONFIRMED. */
export async function startRestore(ctx: Context, name: string, confirm: string, also: readonly Statement[] = []) {
  await requireConfirmed(ctx, name, confirm)
  return shownRun(await startRun(ctx, { task: 'restore', name }, { phase: 'read', reading: newReading() }, also))
}

/** Throws BACKUP_NOT_FOUND, BACKUP_NOT_CONFIRMED. */
export async function requireConfirmed(ctx: Context, name: string, confirm: string): Promise<void> {
  await readIndex(ctx, name)
  if (confirm !== name) throw new ApiError(errors.BACKUP_NOT_CONFIRMED)
}

/** Begins a run and leaves it to the queue. Throws BACKUP_UNDER_WAY when another one has not ended. */
const startRun = (
  ctx: Context,
  of: Pick<Run, 'task' | 'name'>,
  progress: Progress,
  also: readonly Statement[] = [],
): Promise<Run> =>
  backupWork.begin(
    ctx,
    {
      ...of,
      id: ctx.newId(),
      progress,
      requested_by: ctx.actor.id,
      created_at: ctx.now,
      updated_at: ctx.now,
    },
    { entity: 'backup', id: of.name },
    also,
  )
