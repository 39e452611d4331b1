import { accountName } from '#/access/identity/table.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { and, desc, eq, getTableColumns, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { ApiError } from '#/platform/errors.ts'
import { listBackups, listKeys, storeErrors } from '#/operations/backup-store/index.ts'
import { backupRun, type Run } from './table.ts'

/** The latest runs, of one backup or of all, newest first. */
export const latestRuns = (ctx: Context, name?: string) =>
  ctx.db
    .select({
      ...getTableColumns(backupRun),
      requested_by_name: accountName(backupRun.requested_by).as('requested_by_name'),
    })
    .from(backupRun)
    .where(name === undefined ? undefined : eq(backupRun.name, name))
    .orderBy(desc(backupRun.created_at))
    .limit(20)

/** A run as the API shows it. */
export const shownRun = ({
  id,
  task,
  name,
  progress,
  rows,
  error_code,
  error_where,
  requested_by,
  requested_by_name,
  ...times
}: Run & { requested_by_name?: string | null }) => ({
  id,
  task,
  name,
  status:
    times.finished_at === null ? ('under_way' as const) : error_code === null ? ('done' as const) : ('failed' as const),
  phase: progress.phase,
  rows,
  saved_as: 'saved' in progress ? (progress.saved ?? null) : null,
  kept: 'kept' in progress ? progress.kept : null,
  error: error_code === null ? null : { code: error_code, where: error_where },
  requested_by,
  requested_by_name,
  created_at: times.created_at,
  updated_at: times.updated_at,
  finished_at: times.finished_at,
})

/** Backups that exist, newest first. */
export async function findBackups(ctx: Context) {
  return whole(await listBackups(ctx))
}

/** What was done lately, newest first. */
export const findRuns = async (ctx: Context) => whole((await latestRuns(ctx)).map(shownRun))

/** A backup and what was done with it. Throws BACKUP_NOT_FOUND. */
export async function findBackup(ctx: Context, name: string) {
  const [backups, runs] = await Promise.all([listBackups(ctx), latestRuns(ctx, name)])
  const backup = backups.find((one) => one.name === name) ?? null
  if (!backup && runs.length === 0) throw new ApiError(storeErrors.BACKUP_NOT_FOUND, { name })
  return { name, backup, runs: runs.map(shownRun) }
}

const newest = and(eq(backupRun.task, 'backup'), isNotNull(backupRun.finished_at), isNull(backupRun.error_code))

/** The instant alone; no row where there is none. */
export const lastBackupTime = (db: Database) =>
  db
    .select({ found: backupRun.finished_at })
    .from(backupRun)
    .where(newest)
    .orderBy(desc(backupRun.finished_at))
    .limit(1)

/** When the newest backup was finished, for batches that ask for more. */
export const lastBackup = (db: Database) =>
  db
    .select({ name: backupRun.name, finished_at: backupRun.finished_at })
    .from(backupRun)
    .where(newest)
    .orderBy(desc(backupRun.finished_at))
    .limit(1)

/** The keys that open backups. */
export const findKeys = async (ctx: Context) => whole(await listKeys(ctx))
