import { asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { log } from '#/platform/log.ts'
import type { Report } from '#/platform/job/schedule.ts'
import { findResumed } from './chain-note.ts'
import { rowsAfter, auditSealOf } from './chain.ts'
import { compareSeals, findBrokenSeal } from './compare-seals.ts'
import { disagreements, findBrokenMark, readHead } from './running-head.ts'
import type { AuditProblem } from './schema.ts'
import { type Chains, findChains, type Segment, segmentAt } from './segments.ts'
import { auditChain } from './table.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const pageSize = 1000
const mostProblems = 100
/** Of rows that are not sealed yet, in one look. */
const tailPages = 20

/**
 * Recomputes the chain over the sealed rows after `after`, at most `limit` of them, and compares it with the hashes in the database and
 * with the seals in R2; behind the last seal, the rows with what the running head was told. Goes on behind a broken link from the stored
 * hash, so that each altered row is named and not everything after it.
 */
export async function verifyAuditLog(ctx: Context, { after, limit }: { after: number; limit: number }) {
  const chains = await findChains(ctx)
  const [newest] = await ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1)
  const sealedTo = newest?.audit_id ?? 0
  const problems: AuditProblem[] = after === 0 ? await findBeforeTheFirst(ctx) : []
  let position = after
  let rowsChecked = 0
  while (position < sealedTo && rowsChecked < limit) {
    const segment = segmentAt(chains, position + 1)
    const page = await checkPage(
      ctx,
      segment,
      position,
      Math.min(segment.to, sealedTo),
      Math.min(pageSize, limit - rowsChecked),
    )
    problems.push(...page.problems)
    rowsChecked += page.rows
    position = page.to
  }
  const seals = await compareAll(ctx, chains, after, position)
  const rewriting = seals.problem ?? (await findBrokenSeal(ctx, chains))
  if (rewriting) problems.unshift(rewriting)
  else position = Math.min(position, seals.reached)
  const tail = position >= sealedTo ? await checkTail(ctx, chains, sealedTo, problems.length === 0) : noTail
  problems.push(...tail.problems)
  return {
    valid: problems.length === 0,
    problems: problems.slice(0, mostProblems),
    rows_checked: rowsChecked,
    tail_checked: tail.rows,
    resumed: await findResumed(ctx),
    sealed_to: sealedTo,
    next_after: position < sealedTo ? position : null,
  }
}

/** The seals of each segment that has rows between both. */
async function compareAll(
  ctx: Context,
  { segments }: Chains,
  after: number,
  to: number,
): ReturnType<typeof compareSeals> {
  let reached = after
  for (const segment of segments.filter((one) => one.to > after && one.after < to)) {
    const end = Math.min(segment.to, to)
    const compared = await compareSeals(ctx, segment, Math.max(segment.after, after), end)
    if (compared.problem || compared.reached < end) return compared
    reached = compared.reached
  }
  return { reached }
}

interface Tail {
  problems: AuditProblem[]
  rows: number
}
const noTail: Tail = { problems: [], rows: 0 }

/** The rows that are not sealed yet, page by page. Those that are sealed meanwhile are left out: the next look finds them in the chain. */
async function checkTail(ctx: Context, chains: Chains, sealedTo: number, withMark: boolean): Promise<Tail> {
  const problems: AuditProblem[] = []
  let position = sealedTo
  let checked = 0
  for (let page = 0; page < tailPages; page += 1) {
    const { rows: told, mark } = await readHead(ctx, position, pageSize)
    const broken = page === 0 && withMark ? await findBrokenMark(ctx, chains, mark) : undefined
    if (broken) return { problems: [broken], rows: 0 }
    const [rows, [newest]] = await ctx.db.batch([
      rowsAfter(ctx.db, position, pageSize),
      ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1),
    ])
    const unsealed = told.filter(({ id }) => id > (newest?.audit_id ?? 0))
    problems.push(...(await disagreements(unsealed, rows, pageSize)))
    checked += rows.length
    if (rows.length < pageSize || problems.length >= mostProblems) break
    position = rows.at(-1)!.id
  }
  return { problems, rows: checked }
}

/** Ids begin at 1, and so does the chain: whatever has a lower one was put there behind the back of the API. */
async function findBeforeTheFirst(ctx: Context): Promise<AuditProblem[]> {
  const rows = await ctx.db.select({ id: auditLog.id }).from(auditLog).where(lt(auditLog.id, 1)).limit(mostProblems)
  return rows.map(({ id }) => ({ kind: 'inserted', from_id: id, to_id: id }))
}

/** Checks the rows behind `after` up to the place to which both rows and hashes were read. */
async function checkPage(ctx: Context, segment: Segment, after: number, sealedTo: number, size: number) {
  const [rows, links, [before]] = await ctx.db.batch([
    rowsAfter(ctx.db, after, size),
    ctx.db
      .select()
      .from(auditChain)
      .where(gt(auditChain.audit_id, after))
      .orderBy(asc(auditChain.audit_id))
      .limit(size),
    ctx.db.select().from(auditChain).where(eq(auditChain.audit_id, after)),
  ])
  const to = Math.min(sealedTo, rows[size - 1]?.id ?? sealedTo, links[size - 1]?.audit_id ?? sealedTo)
  const contents = new Map(rows.filter(({ id }) => id <= to).map((row) => [row.id, row]))
  const hashes = new Map(links.filter(({ audit_id }) => audit_id <= to).map((link) => [link.audit_id, link.hash]))
  const problems: AuditProblem[] = []
  let previous = (after === segment.after ? undefined : before?.hash) ?? segment.start
  for (const id of [...new Set([...contents.keys(), ...hashes.keys()])].toSorted((a, b) => a - b)) {
    const row = contents.get(id)
    const hash = hashes.get(id)
    if (!row) problems.push({ kind: 'removed', from_id: id, to_id: id })
    else if (hash === undefined) problems.push({ kind: 'inserted', from_id: id, to_id: id })
    else if ((await auditSealOf(previous, row)) !== hash) problems.push({ kind: 'altered', from_id: id, to_id: id })
    previous = hash ?? previous
  }
  return { problems, rows: contents.size, to }
}

/** What a night checks; the next goes on behind it, and from the beginning again when it has reached the end. */
const rowsPerNight = 100_000

/**
 * The nightly check: the seals in R2 as a whole, and the rows after `position`. Something that was tampered with is logged with the ids and
 * fails the run.
 */
export async function checkAuditLog(ctx: Context, position: number, limit = rowsPerNight): Promise<Report> {
  const { problems, rows_checked, next_after } = await verifyAuditLog(ctx, { after: position, limit })
  if (problems.length > 0) log('error', 'audit_log_altered', { problems })
  return {
    handled: rows_checked,
    position: next_after ?? 0,
    error_code: problems.length > 0 ? sharedErrors.AUDIT_LOG_ALTERED.code : undefined,
  }
}
