import { asc, desc, isNull } from 'drizzle-orm'
import { auditHeadOf } from '#/platform/audit/tell-head.ts'
import type { Context } from '#/platform/context.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import type { Report } from '#/platform/job/schedule.ts'
import { log } from '#/platform/log.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { auditSealOf, genesis, rowsAfter, type Sealable } from './chain.ts'
import { findBrokenSeal, isAsStored } from './compare-seals.ts'
import { disagreements, findBrokenMark, readHead } from './running-head.ts'
import type { AuditProblem } from './schema.ts'
import { storeSeal } from './stored-seals.ts'
import { type AuditSeal, auditChain, auditSeal, type Link } from './table.ts'

const rowsPerSeal = 1000
const sealsPerRun = 50

/**
 * Seals the audit rows that came since the last run, oldest first, and stores each seal in R2 as well. Rows get their ids in the order
 * in which they are committed, so none can appear later in front of a sealed one. Two runs at once compute the same hashes. Where the log
 * is not what the seals and the running head say nothing is sealed, and the run fails.
 */
export async function sealAuditLog(ctx: Context): Promise<Report> {
  let rows = 0
  try {
    await requireWhole(ctx)
    for (let seal = 0; seal < sealsPerRun; seal += 1) {
      const sealed = await sealSome(ctx)
      if (sealed === 0) break
      rows += sealed
    }
    await storeSeals(ctx)
  } catch (error) {
    if (!(error instanceof AlteredLog)) throw error
    log('error', 'audit_log_not_sealed', { problems: error.problems.slice(0, 10) })
    return { handled: rows, error_code: sharedErrors.AUDIT_LOG_ALTERED.code }
  }
  return { handled: rows }
}

/** The log is not what was sealed, or told. */
class AlteredLog extends Error {
  readonly problems: readonly AuditProblem[]
  constructor(problems: readonly AuditProblem[]) {
    super('the audit log was altered')
    this.problems = problems
  }
}

function refuse(...problems: (AuditProblem | undefined)[]): void {
  const found = problems.filter((one) => one !== undefined)
  if (found.length > 0) throw new AlteredLog(found)
}

async function requireWhole(ctx: Context): Promise<void> {
  refuse(await findBrokenSeal(ctx))
  const { mark } = await readHead(ctx, 0, 0)
  refuse(await findBrokenMark(ctx, mark))
}

/** Makes the next seal, once the one before it has been read from R2. Returns how many rows it covers. */
async function sealSome(ctx: Context): Promise<number> {
  if (!(await storeSeals(ctx))) return 0
  const [before] = await ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1)
  if (before && !(await isAsStored(ctx, before.audit_id)))
    refuse({ kind: 'rewritten', from_id: before.audit_id, to_id: before.audit_id })
  const after = before?.audit_id ?? 0
  const { rows: told } = await readHead(ctx, after, rowsPerSeal)
  const rows = await rowsAfter(ctx.db, after, rowsPerSeal)
  refuse(...(await disagreements(told, rows, rowsPerSeal)))
  const links = await linksOf(before, rows)
  const head = links.at(-1)
  if (!head) return 0
  const seal = { last_id: head.audit_id, hash: head.hash, sealed_at: ctx.now }
  await ctx.db.batch([
    insertMany(ctx, auditChain, links, { onConflict: 'nothing' }),
    ctx.db.insert(auditSeal).values(seal).onConflictDoNothing(),
  ])
  await auditHeadOf(ctx.env).seal(seal)
  return links.length
}

/** The links of the chain for rows behind the last one. */
async function linksOf(before: Link | undefined, rows: readonly Sealable[]): Promise<Link[]> {
  const links: Link[] = []
  let hash = before?.hash ?? genesis
  for (const row of rows) {
    hash = await auditSealOf(hash, row)
    links.push({ audit_id: row.id, hash })
  }
  return links
}

/** Stores the seals that are in the database alone: the last one, and what a run that was cut off has left. False while there are more. */
async function storeSeals(ctx: Context): Promise<boolean> {
  const unstored: AuditSeal[] = await ctx.db
    .select()
    .from(auditSeal)
    .where(isNull(auditSeal.stored_at))
    .orderBy(asc(auditSeal.last_id))
    .limit(sealsPerRun)
  for (const seal of unstored) await storeSeal(ctx, seal)
  return unstored.length < sealsPerRun
}
