import type { Context } from '#/platform/context.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { deleteObjects, listBackups, type Summary } from './store.ts'
import { errors } from './errors.ts'

/** The newest that was verified; where none was, the newest that is not known to be damaged. */
const mostReliable = (backups: readonly Summary[]) =>
  backups.find(({ is_good }) => is_good) ?? backups.find(({ is_good }) => is_good === null)

/** Deletes a backup for good. Throws BACKUP_NOT_FOUND, and BACKUP_IS_LAST for the only one that can be relied on. */
export async function deleteBackup(ctx: Context, name: string, also: readonly Statement[] = []): Promise<void> {
  await remove(ctx, await findDeletable(ctx, name), also)
}

/** A backup that may be deleted. Throws as `deleteBackup` does. */
export async function findDeletable(ctx: Context, name: string): Promise<Summary> {
  const backups = await listBackups(ctx)
  const backup = backups.find((one) => one.name === name)
  if (!backup) throw new ApiError(errors.BACKUP_NOT_FOUND, { name })
  const isMost = backup === mostReliable(backups)
  const others = backups.filter((one) => one !== backup)
  if (isMost && mostReliable(others)?.is_good !== backup.is_good) throw new ApiError(errors.BACKUP_IS_LAST)
  return backup
}

/** Of how many days the newest backup is one to fall back on. Of one day there is one only: whoever makes more pushes none out. */
const lastDays = 3

const newestOfDays = (backups: readonly Summary[]) =>
  [...Map.groupBy(backups, ({ created_at }) => created_at.slice(0, 10)).values()]
    .slice(0, lastDays)
    .map(([newest]) => newest!)

/** The newest verified ones of three days, and the newest ones of three days that are not known to be damaged: a verification may be due. */
const lastToRelyOn = (backups: readonly Summary[]) =>
  new Set([
    ...newestOfDays(backups.filter(({ is_good }) => is_good)),
    ...newestOfDays(backups.filter(({ is_good }) => is_good !== false)),
  ])

/** Whether a backup is one of the last that can be relied on. */
export async function isAmongLast(ctx: Context, name: string): Promise<boolean> {
  return [...lastToRelyOn(await listBackups(ctx))].some((one) => one.name === name)
}

const remove = async (ctx: Context, { name, rows, bytes }: Summary, also: readonly Statement[] = []) => {
  const changes = { rows: { old: rows }, bytes: { old: bytes } }
  await recordAct(ctx, { entity: 'backup', id: name, changes }, also)
  await deleteObjects(ctx, name)
}

const kept = { newest: 10, days: 7 }
const dayMs = 24 * 60 * 60 * 1000

/** Deletes backups that are neither of the last days nor among the newest, and none that one person alone may not delete. Answers how many. */
export async function deleteOldBackups(ctx: Context): Promise<number> {
  const backups = await listBackups(ctx)
  const since = new Date(Date.parse(ctx.now) - kept.days * dayMs).toISOString()
  const last = lastToRelyOn(backups)
  const old = backups.filter((one, place) => place >= kept.newest && one.created_at < since && !last.has(one))
  for (const backup of old) await remove({ ...ctx, permission: 'backup.delete' }, backup)
  return old.length
}
