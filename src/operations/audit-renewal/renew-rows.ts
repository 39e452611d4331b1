import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { log } from '#/platform/log.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Step } from '#/platform/work/kind.ts'
import { sealPersonal } from '#/platform/personal/seal-personal.ts'
import {
  auditChain,
  auditRenewal,
  auditSeal,
  auditSealOf,
  findChains,
  fitting,
  type Link,
  linksOf,
  type Renewal,
  rowsAfter,
  type Sealable,
  storeSeals,
} from '#/operations/audit-log/index.ts'
import { archive } from './archive.ts'

const rowsPerStep = 1000

/**
 * Encrypts what the next rows tell of persons and gives them their hashes in the new chain, in place of those that they had: these go into
 * the archive first. Throws AUDIT_LOG_ALTERED when a row is not what its old hash says, unless there is a reason to go on all the same.
 */
export async function renewRows(ctx: Context, run: Renewal): Promise<Step<Renewal>> {
  await storeSeals(ctx, await findChains(ctx))
  const page = await rowsAfter(ctx.db, run.position, rowsPerStep)
  const found = fitting(page.filter(({ id }) => id <= run.last_id))
  const end = found.at(-1)?.id ?? run.last_id
  const old = await ctx.db.select().from(auditChain).where(between(run.position, end)).orderBy(asc(auditChain.audit_id))
  await requireUnaltered(run, found, old)
  await archive(ctx, run.chain - 1, old)
  const { rows, work } = await sealPersonal(ctx, found)
  const links = await linksOf(run.hash!, rows)
  const hash = links.at(-1)?.hash ?? run.hash!
  const isLast = found.length === 0 || end >= run.last_id
  return {
    set: {
      position: isLast ? run.last_id : end,
      hash,
      old_hash: old.at(-1)?.hash ?? run.old_hash,
      rewritten: run.rewritten + links.length,
      ...(isLast && { finished_at: new Date().toISOString() }),
    },
    work: [stillOpen(ctx, run), ...work, ...moving(ctx, run, links, isLast ? run.last_id : end)],
  }
}

/** The last step ends the run before it has changed its rows, for which the triggers want one that has not ended. */
const stillOpen = ({ db }: Context, { id }: Renewal): Statement =>
  db.update(auditRenewal).set({ finished_at: null }).where(eq(auditRenewal.id, id))

/** The rows from the old chain into the new one. The run's own mark comes last: until then the triggers let the change through. */
function moving({ db, now }: Context, run: Renewal, links: readonly Link[], end: number): Statement[] {
  const last = links.at(-1)
  const given = JSON.stringify(links.map(({ audit_id, hash }) => [audit_id, hash]))
  return [
    db
      .update(auditChain)
      .set({ hash: sql`e.value ->> 1` })
      .from(sql`json_each(${given}) e`)
      .where(sql`${auditChain.audit_id} = e.value ->> 0`),
    db.delete(auditSeal).where(and(gt(auditSeal.last_id, run.position), lte(auditSeal.last_id, end))),
    ...(last ? [db.insert(auditSeal).values({ last_id: last.audit_id, hash: last.hash, sealed_at: now })] : []),
    db
      .update(auditRenewal)
      .set({ done: end, ...(end === run.last_id && { finished_at: new Date().toISOString() }) })
      .where(eq(auditRenewal.id, run.id)),
  ]
}

const between = (after: number, to: number) => and(gt(auditChain.audit_id, after), lte(auditChain.audit_id, to))

async function requireUnaltered({ reason, old_hash }: Renewal, rows: readonly Sealable[], old: readonly Link[]) {
  if (reason !== null) return
  let previous = old_hash!
  for (let i = 0; i < Math.max(rows.length, old.length); i += 1) {
    const [row, link] = [rows[i], old[i]]
    if (!row || row.id !== link?.audit_id || (await auditSealOf(previous, row)) !== link.hash) {
      log('error', 'audit_log_not_renewed', { near: row?.id ?? link?.audit_id })
      throw new ApiError(sharedErrors.AUDIT_LOG_ALTERED)
    }
    previous = link.hash
  }
}
