import { asc, eq, isNotNull, max, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { auditSealKey, auditSealPrefix } from './chain.ts'
import type { AuditProblem } from './schema.ts'
import { auditChain, auditSeal } from './table.ts'

const StoredSeal = z.object({ last_id: z.int(), hash: z.string(), sealed_at: z.string() })

/**
 * Compares the chain in the database with the seals in R2. The newest one answers for everything before it: each hash covers all earlier
 * rows. When it differs, the seals are searched by halves for the first that does; between it and the one before the chain was rewritten.
 */
export async function findRewriting(ctx: Context): Promise<AuditProblem[]> {
  const [ends] = await ctx.db
    .select({
      last_id: max(auditSeal.last_id).as('last_id'),
      stored: sql<number | null>`max(iif(${auditSeal.stored_at} is null, null, ${auditSeal.last_id}))`.as('stored'),
    })
    .from(auditSeal)
  const { last_id, stored } = ends!
  const cutOff = await firstSealAfter(ctx, last_id ?? 0)
  if (cutOff) return [{ kind: 'removed', from_id: (last_id ?? 0) + 1, to_id: cutOff.last_id }]
  if (stored === null || (await matches(ctx, stored))) return []
  return [await searchByHalves(ctx)]
}

async function searchByHalves(ctx: Context): Promise<AuditProblem> {
  const seals = await ctx.db
    .select({ last_id: auditSeal.last_id })
    .from(auditSeal)
    .where(isNotNull(auditSeal.stored_at))
    .orderBy(asc(auditSeal.last_id))
  let good = -1
  let bad = seals.length - 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (await matches(ctx, seals[middle]!.last_id)) good = middle
    else bad = middle
  }
  return { kind: 'rewritten', from_id: (seals[good]?.last_id ?? 0) + 1, to_id: seals[bad]!.last_id }
}

/** Whether the chain has at this row the hash that its seal in R2 has. */
async function matches(ctx: Context, lastId: number): Promise<boolean> {
  const [link] = await ctx.db.select().from(auditChain).where(eq(auditChain.audit_id, lastId))
  const stored = await ctx.env.BACKUPS.get(auditSealKey(lastId))
  return stored !== null && StoredSeal.parse(await stored.json()).hash === link?.hash
}

/** A seal in R2 that the database knows nothing of: its rows were cut off. */
async function firstSealAfter(ctx: Context, lastId: number) {
  const { objects } = await ctx.env.BACKUPS.list({
    prefix: auditSealPrefix,
    startAfter: auditSealKey(lastId),
    limit: 1,
  })
  const stored = objects[0] && (await ctx.env.BACKUPS.get(objects[0].key))
  return stored ? StoredSeal.parse(await stored.json()) : undefined
}
