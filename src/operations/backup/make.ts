import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { log } from '#/platform/log.ts'
import { readCatalog } from './catalog.ts'
import { startNoting, stopNoting } from './change-log.ts'
import { copyStep } from './copy.ts'
import { primary } from './d1.ts'
import { readMeta } from './header.ts'
import { type Manifest, rowsOf } from './manifest.ts'
import type { Copying, Progress, ProgressOf } from './progress.ts'
import { newReading } from './read.ts'
import { saveStep } from './run.ts'
import { deleteSegments, headerOf, putIndex, readIndex } from './store.ts'
import type { Run } from './table.ts'
import { errors } from './errors.ts'

/** Copies on; a backup that is whole is read back at once. */
export const copyPhase = (ctx: Context, run: Run, { copying }: ProgressOf<'copy'>): Promise<Run> =>
  copyOn(ctx, run, copying, {
    progress: (next) => ({ phase: 'copy', copying: next }),
    whole: () => ({ phase: 'read', reading: newReading() }),
  })

interface Then {
  progress: (copying: Copying) => Progress
  /** Where the run stands when the backup exists. */
  whole: (copying: Copying) => Progress
  /** Statements of every batch, and of the last one. */
  always?: D1PreparedStatement[]
  atLast?: D1PreparedStatement[]
}

/** One step of the making of a backup, for whoever needs one. */
export async function copyOn(ctx: Context, run: Run, copying: Copying, then: Then): Promise<Run> {
  const d1 = primary(ctx)
  const { always = [], atLast = [] } = then
  if (copying.migrations === null) {
    const catalog = await readCatalog(d1)
    const noting = { progress: then.progress({ ...copying, migrations: catalog.migrations.length }), rows: 0 }
    for (const { name, fate } of catalog.tables)
      if (fate === 'foreign') log('warn', 'table_not_backed_up', { table: name, reason: 'no primary key' })
    return saveStep(d1, run, noting, [...always, ...startNoting(d1, catalog)])
  }
  const { copying: next, manifest } = await copyStep(ctx, d1, copying)
  const { rows } = next
  if (!manifest) return saveStep(d1, run, { progress: then.progress(next), rows }, always)
  await publish(ctx, next, manifest)
  const work = [...always, ...stopNoting(d1, await readCatalog(d1)), ...atLast]
  return saveStep(d1, run, { progress: then.whole(next), rows }, work)
}

/** From here on the backup exists. A step that died behind this point finds the index that it had stored itself. */
async function publish(ctx: Context, copying: Copying, manifest: Manifest): Promise<void> {
  const { name, header, segments } = copying
  const bytes = headerOf(copying).length + segments.reduce((sum, segment) => sum + segment.bytes, 0)
  const { created_at, kid } = readMeta(headerOf(copying))
  const rows = rowsOf(manifest)
  const { finished_at } = manifest
  const summary = { name, created_at, finished_at, rows, bytes, kid, verified_at: null, is_good: null }
  if (!(await putIndex(ctx, { header, segments }, summary))) {
    const { index } = await readIndex(ctx, name)
    if (index.header !== header) throw new ApiError(errors.BACKUP_EXISTS, { name })
    return deleteSegments(ctx, name, index.segments)
  }
  await deleteSegments(ctx, name, segments)
}
