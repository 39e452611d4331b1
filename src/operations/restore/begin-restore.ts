import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { type Manifest, rowsOf } from '#/operations/backup-file/index.ts'
import { currentKey, type Reading, safetyNameOf } from '#/operations/backup-store/index.ts'
import { backedUp, newCopying, primary, readCatalog } from '#/operations/snapshot/index.ts'
import { errors } from './errors.ts'
import { beginMaintenance } from './maintenance.ts'
import type { RestoreStep } from './progress.ts'

/** The backup is as it was written and fits this database: from now on nothing else is written. Throws BACKUP_SCHEMA_DIFFERS. */
export async function beginRestore(ctx: Context, { changes }: Reading, manifest: Manifest): Promise<RestoreStep> {
  const catalog = await readCatalog(primary(ctx))
  const { migrations } = catalog
  const isSame =
    migrations.join() === manifest.migrations.join() && namesOf(backedUp(catalog)) === namesOf(manifest.tables)
  if (!isSame)
    throw new ApiError(errors.BACKUP_SCHEMA_DIFFERS, { theirs: manifest.migrations.at(-1), ours: migrations.at(-1) })
  const counts = Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows]))
  const copying = await newCopying(ctx, safetyNameOf(ctx.now), await currentKey(ctx))
  const target = { changes, counts, migrations: migrations.length }
  return {
    set: { progress: { phase: 'save', target, copying }, rows: rowsOf(manifest) },
    work: [beginMaintenance(ctx)],
  }
}

const namesOf = (tables: { name: string }[]) =>
  tables
    .map(({ name }) => name)
    .toSorted()
    .join()
