import type { Context } from '#/platform/context.ts'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { ApiError } from '#/platform/errors.ts'
import { revokeSessions } from '#/platform/gate/index.ts'
import { accessTokenSeconds } from '#/access/session/index.ts'
import { backedUp, readCatalog, requireSchema, shadowPrefix } from './catalog.ts'
import { newCopying } from './copy.ts'
import { primary } from './d1.ts'
import { currentKey } from './keys.ts'
import { completeTables, loadSegment } from './load.ts'
import { beginMaintenance, endMaintenance, hasLapsed, keepMaintenance } from './maintenance.ts'
import { copyOn } from './make.ts'
import { type Manifest, rowsOf } from './manifest.ts'
import { safetyNameOf } from './names.ts'
import type { Loading, ProgressOf, Reading } from './progress.ts'
import { saveStep } from './run.ts'
import { createShadows } from './shadow.ts'
import { readIndex } from './store.ts'
import { checkShadows, swapStatements } from './swap.ts'
import type { Run } from './table.ts'
import { errors } from './errors.ts'

/** The backup is as it was written and fits this database: from now on nothing else is written. Throws BACKUP_SCHEMA_DIFFERS. */
export async function beginRestore(ctx: Context, run: Run, { changes }: Reading, manifest: Manifest): Promise<Run> {
  const d1 = primary(ctx)
  const catalog = await readCatalog(d1)
  const { migrations } = catalog
  const isSame =
    migrations.join() === manifest.migrations.join() && namesOf(backedUp(catalog)) === namesOf(manifest.tables)
  if (!isSame)
    throw new ApiError(errors.BACKUP_SCHEMA_DIFFERS, { theirs: manifest.migrations.at(-1), ours: migrations.at(-1) })
  const counts = Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows]))
  const copying = await newCopying(ctx, safetyNameOf(ctx.now), await currentKey(ctx))
  const progress = { phase: 'save' as const, target: { changes, counts, migrations: migrations.length }, copying }
  return saveStep(d1, run, { progress, rows: rowsOf(manifest) }, [beginMaintenance(d1)])
}

const namesOf = (tables: { name: string }[]) =>
  tables
    .map(({ name }) => name)
    .toSorted()
    .join()

/** Makes a backup of what will be replaced, then the tables to load into. */
export async function savePhase(ctx: Context, run: Run, { target, copying }: ProgressOf<'save'>): Promise<Run> {
  const d1 = await maintained(ctx)
  const loading: Loading = target.changes
    ? { part: 'changes', ...target.changes, complete: 0 }
    : { part: 'rows', segment: 0, chunk: 0, complete: 0 }
  return copyOn(ctx, run, copying, {
    progress: (next) => ({ phase: 'save', target, copying: next }),
    whole: ({ name }) => ({ phase: 'load', target, saved: name, loading }),
    always: keepMaintenance(d1),
    atLast: createShadows(d1, await readCatalog(d1)),
  })
}

/** Loads a segment: first all changes, then all rows. */
export async function loadPhase(ctx: Context, run: Run, { target, saved, loading }: ProgressOf<'load'>): Promise<Run> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  const { index } = await readIndex(ctx, run.name)
  const next = await loadSegment(ctx, d1, { index, catalog }, run, loading)
  const isAll = next.segment === index.segments.length
  const start: Loading = { part: 'rows', segment: 0, chunk: 0, complete: 0 }
  if (isAll && next.part === 'rows') {
    const rest = completeTables(d1, backedUp(catalog).slice(next.complete))
    const progress = { phase: 'swap' as const, target, saved }
    return saveStep(d1, run, { progress, rows: run.rows }, [...keepMaintenance(d1), ...rest])
  }
  const progress = { phase: 'load' as const, target, saved, loading: isAll ? start : next }
  return saveStep(d1, run, { progress, rows: run.rows }, keepMaintenance(d1))
}

/** Checks what was loaded and puts it in the place of the live tables: the run, the audit row and the swap are one batch. */
export async function swapPhase(ctx: Context, run: Run, { target, saved }: ProgressOf<'swap'>): Promise<Run> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  await checkShadows(d1, backedUp(catalog), target.counts)
  const audit = auditRow(ctx, { entity: 'backup', id: run.name, changes: { saved_as: { new: saved } } }).toSQL()
  const ending = { error_code: null, error_where: null }
  await revokeLostSessions(ctx, d1)
  return saveStep(d1, run, { progress: { phase: 'done', saved }, rows: run.rows, ending }, [
    ...keepMaintenance(d1),
    ...swapStatements(d1, catalog),
    d1.prepare(audit.sql).bind(...audit.params),
    endMaintenance(d1),
  ])
}

/** Ends the access tokens of accounts that the backup does not know, as somebody else may get their numbers. */
async function revokeLostSessions(ctx: Context, d1: D1DatabaseSession): Promise<void> {
  const { results } = await d1
    .prepare(`select user_id, id from session where user_id not in (select id from ${shadowPrefix}user)`)
    .all<{ user_id: number; id: string }>()
  const tokensEnd = Date.now() + accessTokenSeconds * 1000
  for (const [userId, sessions] of Map.groupBy(results, ({ user_id }) => user_id)) {
    const ids = sessions.map(({ id }) => id)
    await revokeSessions(ctx.env, userId, ids, tokensEnd)
  }
}

/** Throws RESTORE_INTERRUPTED when something may have been written since the last step. */
async function maintained(ctx: Context): Promise<D1DatabaseSession> {
  const d1 = primary(ctx)
  if (await hasLapsed(d1)) throw new ApiError(errors.RESTORE_INTERRUPTED)
  return d1
}
