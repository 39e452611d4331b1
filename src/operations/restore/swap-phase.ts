import type { Context } from '#/platform/context.ts'
import { auditRow } from '#/platform/audit/audit-row.ts'
import { revokeSessions } from '#/platform/gate/index.ts'
import { accessTokenSeconds } from '#/access/session/index.ts'
import { backedUp, readCatalog, requireSchema, shadowPrefix } from '#/operations/snapshot/index.ts'
import { endMaintenance, keepMaintenance, maintained } from './maintenance.ts'
import type { RestoreOf, RestoreStep } from './progress.ts'
import { checkShadows, swapStatements } from './swap.ts'

/** Checks what was loaded and puts it in the place of the live tables: the run, the audit row and the swap are one batch. */
export async function swapPhase(
  ctx: Context,
  name: string,
  { target, saved }: RestoreOf<'swap'>,
): Promise<RestoreStep> {
  const d1 = await maintained(ctx)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, target.migrations)
  await checkShadows(d1, backedUp(catalog), target.counts)
  await revokeLostSessions(ctx, d1)
  return {
    set: { progress: { phase: 'done', saved }, finished_at: new Date().toISOString() },
    work: [
      ...keepMaintenance(ctx),
      ...swapStatements(d1, catalog),
      auditRow(ctx, { entity: 'backup', id: name, changes: { saved_as: { new: saved } } }),
      endMaintenance(ctx),
    ],
  }
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
