import type { Context } from '#/platform/context.ts'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { closeAccount } from '#/platform/gate/index.ts'
import type { Place } from '#/platform/work/kind.ts'
import { prepared } from '#/platform/work/save-step.ts'
import { accessTokenSeconds } from '#/access/session/index.ts'
import { bringOver, findingAccounts } from '#/operations/merge/index.ts'
import { backedUp, readCatalog, requireSchema } from '#/operations/snapshot/index.ts'
import { changeTable } from './load.ts'
import { endMaintenance, keepMaintenance, maintained } from './maintenance.ts'
import type { RestoreOf, RestoreStep } from './progress.ts'
import { replacedTables } from './shadow.ts'
import { checkShadows, swapStatements } from './swap.ts'

/** Checks what was loaded, and brings over what is to outlive it. */
export async function mergePhase(
  ctx: Context,
  { target, saved, isChecked }: RestoreOf<'merge'>,
  { unlessOvertaken }: Place,
): Promise<RestoreStep> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  if (!isChecked) {
    await checkShadows(d1, backedUp(catalog), target.counts)
    return { set: { progress: { phase: 'merge', target, saved, isChecked: true } }, work: keepMaintenance(ctx) }
  }
  const from = { catalog, replaced: replacedTables(catalog), notes: changeTable }
  const kept = await bringOver(d1, from, prepared(d1, unlessOvertaken()))
  return { set: { progress: { phase: 'swap', target, saved, kept } }, work: keepMaintenance(ctx) }
}

/**
 * Puts what was loaded in the place of the live tables: the run, the audit row and the swap are one batch. What outlives it is brought over
 * once more in that batch, as signing in goes on.
 */
export async function swapPhase(
  ctx: Context,
  name: string,
  { target, saved, kept }: RestoreOf<'swap'>,
): Promise<RestoreStep> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  await closeChangedAccounts(ctx, d1)
  const rows = Object.fromEntries(kept.map((one) => [one.table, one.rows]))
  return {
    set: { progress: { phase: 'done', saved, kept }, finished_at: new Date().toISOString() },
    work: [
      ...keepMaintenance(ctx),
      ...swapStatements(d1, catalog),
      auditRow(ctx, { entity: 'backup', id: name, changes: { saved_as: { new: saved }, kept: { new: rows } } }),
      endMaintenance(ctx),
    ],
  }
}

/** How long tokens that are signed from now on are refused, too: longer than the swap takes. */
const closedMs = 60_000

/**
 * Ends the access tokens of accounts that the backup does not know, as somebody else may get their numbers, or that are then not what they
 * were; also those of sessions that begin while the tables are swapped.
 */
async function closeChangedAccounts(ctx: Context, d1: D1DatabaseSession): Promise<void> {
  const { results } = await d1.prepare(findingAccounts).all<{ user_id: number }>()
  const before = Date.now() + closedMs
  const closing = { except: null, before, until: before + accessTokenSeconds * 1000 }
  for (const { user_id } of results) await closeAccount(ctx.env, user_id, ctx.newId(), closing)
}
