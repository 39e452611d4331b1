import { and, asc, desc, eq, gt, isNotNull, lte } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { inMany } from '#/platform/database/in-many.ts'
import { findBrokenNote } from './chain-note.ts'
import { auditSealOf, rowsAfter } from './chain.ts'
import type { AuditProblem } from './schema.ts'
import { type Chains, type Segment, segmentAt } from './segments.ts'
import { type ListedSeal, listSeals, readSeal } from './stored-seals.ts'
import { auditChain, auditSeal } from './table.ts'

/** Seals that are opened for their hash, as their listing does not tell it, in one go. */
const mostOpened = 300

/** Compares the seals of a segment in R2 behind `after` and up to `to` with the chain, up to the first that differs. `reached` is how far it came. */
export async function compareSeals(ctx: Context, segment: Segment, after: number, to: number) {
  let good = after
  let opened = 0
  for await (const page of listSeals(ctx, segment.chain, after)) {
    const seals = page.filter(({ last_id }) => last_id <= to)
    const hashes = await hashesOf(ctx, seals)
    for (const { last_id, hash } of seals) {
      if (hash === undefined && (opened += 1) > mostOpened) return { reached: good }
      const stored = hash ?? (await readSeal(ctx, segment.chain, last_id))?.hash
      if (stored !== hashes.get(last_id))
        return { reached: last_id, problem: await locate(ctx, segment, good, last_id) }
      good = last_id
    }
    if (seals.length < page.length) break
  }
  return { reached: to }
}

/**
 * What the newest seals say of the chain as a whole: each hash covers all rows before it. The newest one that was stored must be in R2 as
 * the chain has it, and R2 must hold none that the database knows nothing of.
 */
export async function findBrokenSeal(ctx: Context, chains: Chains): Promise<AuditProblem | undefined> {
  const note = await findBrokenNote(ctx, chains)
  if (note) return note
  const stored = ctx.db.select().from(auditSeal).where(isNotNull(auditSeal.stored_at))
  const [newest] = await stored.orderBy(desc(auditSeal.last_id)).limit(1)
  const segment = segmentAt(chains, newest?.last_id ?? 0)
  if (newest && !(await isAsStored(ctx, segment.chain, newest.last_id))) return searchByHalves(ctx, segment)
  const { problem } = await compareSeals(ctx, segment, newest?.last_id ?? 0, segment.to)
  return problem
}

/** Whether the chain has at this row the hash that its seal in R2 has. */
export async function isAsStored(ctx: Context, chain: number, lastId: number): Promise<boolean> {
  const [link] = await ctx.db.select().from(auditChain).where(eq(auditChain.audit_id, lastId))
  const stored = await readSeal(ctx, chain, lastId)
  return stored !== undefined && stored.hash === link?.hash
}

/** The first seal that differs: the seals that the database knows are searched by halves for the last good one, R2 is from there on. */
async function searchByHalves(ctx: Context, segment: Segment): Promise<AuditProblem> {
  const seals = await ctx.db
    .select({ last_id: auditSeal.last_id })
    .from(auditSeal)
    .where(
      and(isNotNull(auditSeal.stored_at), gt(auditSeal.last_id, segment.after), lte(auditSeal.last_id, segment.to)),
    )
    .orderBy(asc(auditSeal.last_id))
  let good = -1
  let bad = seals.length - 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (await isAsStored(ctx, segment.chain, seals[middle]!.last_id)) good = middle
    else bad = middle
  }
  const start = seals[good]?.last_id ?? segment.after
  const { problem } = await compareSeals(ctx, segment, start, seals[bad]!.last_id)
  return problem ?? { kind: 'rewritten', from_id: start + 1, to_id: seals[bad]!.last_id }
}

/** Names the first row that is not what the seal at `lastId` says; a seal of an older version tells only between which rows it is. */
async function locate(ctx: Context, segment: Segment, after: number, lastId: number): Promise<AuditProblem> {
  const seal = await readSeal(ctx, segment.chain, lastId)
  const links = new Map(seal?.links.filter(([id]) => id > after))
  const rows = await rowsAfter(ctx.db, after, links.size)
  const contents = new Map(rows.map((row) => [row.id, row]))
  const [start] = await ctx.db.select().from(auditChain).where(eq(auditChain.audit_id, after))
  let previous = (after === segment.after ? undefined : start?.hash) ?? segment.start
  for (const [id, hash] of links) {
    const row = contents.get(id)
    if (!row) return { kind: 'removed', from_id: id, to_id: lastId }
    if ((await auditSealOf(previous, row)) !== hash) return { kind: 'rewritten', from_id: id, to_id: lastId }
    previous = hash
  }
  const isThere = (await hashesOf(ctx, [{ last_id: lastId, hash: undefined }])).has(lastId)
  return { kind: isThere ? 'rewritten' : 'removed', from_id: after + 1, to_id: lastId }
}

async function hashesOf(ctx: Context, seals: readonly ListedSeal[]): Promise<Map<number, string>> {
  if (seals.length === 0) return new Map()
  const ids = seals.map(({ last_id }) => last_id)
  const links = await ctx.db.select().from(auditChain).where(inMany(auditChain.audit_id, ids))
  return new Map(links.map(({ audit_id, hash }) => [audit_id, hash]))
}
