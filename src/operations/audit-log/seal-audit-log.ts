import { asc, desc, isNull } from 'drizzle-orm'
import { auditHeadOf } from '#/platform/audit/tell-head.ts'
import type { Context } from '#/platform/context.ts'
import { brokenConstraint, errorOf } from '#/platform/database/constraints.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Report } from '#/platform/job/schedule.ts'
import { log } from '#/platform/log.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { auditSealOf, rowsAfter, type Sealable } from './chain.ts'
import { findBrokenSeal, isAsStored } from './compare-seals.ts'
import { disagreements, findBrokenMark, readHead } from './running-head.ts'
import type { AuditProblem } from './schema.ts'
import { sealPersonal } from '#/platform/personal/seal-personal.ts'
import { type Chains, findChains, segmentAt } from './segments.ts'
import { storeSeal } from './stored-seals.ts'
import { type AuditSeal, auditChain, auditSeal, type Link } from './table.ts'

const rowsPerSeal = 1000
const sealsPerRun = 50
const mostCharacters = 500_000

/**
 * Seals the audit rows that came since the last run, oldest first, and stores each seal in R2 as well. Rows get their ids in the order
 * in which they are committed, so none can appear later in front of a sealed one. Two runs at once compute the same hashes. Where the log
 * is not what the seals and the running head say nothing is sealed, and the run fails. What a row still tells of persons in the clear is
 * encrypted before it gets its hash.
 */
export async function sealAuditLog(ctx: Context): Promise<Report> {
  const chains = await findChains(ctx)
  // While a further chain is made the running head answers for what is new.
  if (chains.isUnderWay) return { handled: 0, error_code: chains.newest!.error_code ?? undefined }
  let rows = 0
  try {
    refuse(...(await findBroken(ctx, chains)))
    for (let seal = 0; seal < sealsPerRun; seal += 1) {
      const sealed = await sealSome(ctx, chains)
      if (sealed === 0) break
      rows += sealed
    }
    await storeSeals(ctx, chains)
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

function refuse(...problems: AuditProblem[]): void {
  if (problems.length > 0) throw new AlteredLog(problems)
}

/** What the notes, the newest seals and the head's mark say against the log as a whole. */
export async function findBroken(ctx: Context, chains: Chains): Promise<AuditProblem[]> {
  const seal = await findBrokenSeal(ctx, chains)
  const { mark } = await readHead(ctx, 0, 0)
  return [seal, await findBrokenMark(ctx, chains, mark)].filter((one) => one !== undefined)
}

/** Makes the next seal, once the one before it has been read from R2. Returns how many rows it covers. */
async function sealSome(ctx: Context, chains: Chains): Promise<number> {
  const [{ chain, start }] = chains.segments
  if (!(await storeSeals(ctx, chains))) return 0
  const [before] = await ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1)
  if (before && !(await isAsStored(ctx, chain, before.audit_id)))
    refuse({ kind: 'rewritten', from_id: before.audit_id, to_id: before.audit_id })
  const after = before?.audit_id ?? 0
  const { rows: told } = await readHead(ctx, after, rowsPerSeal)
  const found = await rowsAfter(ctx.db, after, rowsPerSeal)
  refuse(...(await disagreements(told, found, rowsPerSeal)))
  nameUntold(told, found)
  const { rows, work } = await sealPersonal(ctx, fitting(found))
  const links = await linksOf(before?.hash ?? start, rows)
  const head = links.at(-1)
  if (!head) return 0
  const seal = { last_id: head.audit_id, hash: head.hash, sealed_at: ctx.now }
  const isKept = await keep(ctx, [
    ...work,
    insertMany(ctx, auditChain, links, { onConflict: 'nothing' }),
    ctx.db.insert(auditSeal).values(seal).onConflictDoNothing(),
  ])
  if (!isKept) return 0
  await auditHeadOf(ctx.env).seal(seal)
  return links.length
}

/**
 * Rows that the head was never told of are sealed all the same, as its word may be lost: somebody has to look whether anybody did what they say,
 * or somebody with the keys of the database wrote them.
 */
function nameUntold(told: readonly { id: number }[], rows: readonly Sealable[]): void {
  const known = new Set(told.map(({ id }) => id))
  const ids = rows.map(({ id }) => id).filter((id) => !known.has(id))
  if (ids.length > 0) log('warn', 'audit_rows_not_told', { rows: ids.length, from_id: ids[0], to_id: ids.at(-1) })
}

/** As many rows as travel in one parameter, at least one: texts of Greek letters take two bytes each. */
export function fitting(rows: readonly Sealable[]): Sealable[] {
  let room = mostCharacters
  const end = rows.findIndex(({ content }, i) => (room -= content.length) < 0 && i > 0)
  return end < 0 ? [...rows] : rows.slice(0, end)
}

/** False when another run has sealed these rows meanwhile. */
async function keep(ctx: Context, statements: Statement[]): Promise<boolean> {
  try {
    await ctx.db.batch(statements as [Statement, ...Statement[]])
    return true
  } catch (error) {
    if (errorOf(brokenConstraint(error)) !== sharedErrors.STALE_STATE) throw error
    return false
  }
}

/** The links of the chain for rows behind the one with this hash. */
export async function linksOf(before: string, rows: readonly Sealable[]): Promise<Link[]> {
  const links: Link[] = []
  let hash = before
  for (const row of rows) {
    hash = await auditSealOf(hash, row)
    links.push({ audit_id: row.id, hash })
  }
  return links
}

/** Stores the seals that are in the database alone: the last one, and what a run that was cut off has left. False while there are more. */
export async function storeSeals(ctx: Context, chains: Chains): Promise<boolean> {
  const unstored: AuditSeal[] = await ctx.db
    .select()
    .from(auditSeal)
    .where(isNull(auditSeal.stored_at))
    .orderBy(asc(auditSeal.last_id))
    .limit(sealsPerRun)
  for (const seal of unstored) await storeSeal(ctx, segmentAt(chains, seal.last_id).chain, seal)
  return unstored.length < sealsPerRun
}
