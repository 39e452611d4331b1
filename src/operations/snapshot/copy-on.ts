import type { Context } from '#/platform/context.ts'
import { log } from '#/platform/log.ts'
import { publish } from '#/operations/backup-store/index.ts'
import { readCatalog } from './catalog.ts'
import { startNoting, stopNoting } from './change-log.ts'
import { copyStep, type Copying } from './copy.ts'
import { primary } from './d1.ts'

interface Copied {
  copying: Copying
  rows: number
  /** The backup exists. */
  isWhole: boolean
  /** What the batch has to do that saves this. */
  work: D1PreparedStatement[]
}

/** One step of the making of a backup, for whoever needs one. Throws BACKUP_SCHEMA_CHANGED, BACKUP_EXISTS. */
export async function copyOn(ctx: Context, copying: Copying): Promise<Copied> {
  const d1 = primary(ctx)
  if (copying.migrations === null) return beginToNote(d1, copying)
  const { copying: next, manifest } = await copyStep(ctx, d1, copying)
  if (!manifest) return { copying: next, rows: next.rows, isWhole: false, work: [] }
  await publish(ctx, next.name, next, manifest)
  return { copying: next, rows: next.rows, isWhole: true, work: stopNoting(d1, await readCatalog(d1)) }
}

async function beginToNote(d1: D1DatabaseSession, copying: Copying): Promise<Copied> {
  const catalog = await readCatalog(d1)
  for (const { name, fate } of catalog.tables)
    if (fate === 'foreign') log('warn', 'table_not_backed_up', { table: name, reason: 'no primary key' })
  const noting = { ...copying, migrations: catalog.migrations.length }
  return { copying: noting, rows: 0, isWhole: false, work: startNoting(d1, catalog) }
}
