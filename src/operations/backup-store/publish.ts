import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { type Manifest, readMeta, rowsOf } from '#/operations/backup-file/index.ts'
import { errors } from './errors.ts'
import { deleteSegments, headerOf, type Index, putIndex, readIndex } from './store.ts'

/** From here on the backup exists. A step that died behind this point finds the index that it had stored itself. Throws BACKUP_EXISTS. */
export async function publish(ctx: Context, name: string, { header, segments }: Index, manifest: Manifest) {
  const bytes = headerOf({ header }).length + segments.reduce((sum, segment) => sum + segment.bytes, 0)
  const { created_at, kid } = readMeta(headerOf({ header }))
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
