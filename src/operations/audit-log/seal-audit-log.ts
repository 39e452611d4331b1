import { asc, desc, isNull } from 'drizzle-orm'
import { inMany } from '#/platform/database/in-many.ts'
import type { Context } from '#/platform/context.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { genesis, rowsAfter, auditSealKey, auditSealOf } from './chain.ts'
import { auditChain, auditSeal } from './table.ts'

const rowsPerSeal = 1000
const sealsPerRun = 50

/**
 * Seals the audit rows that came since the last run, oldest first, and stores each seal in R2 as well. Rows get their ids in the order
 * in which they are committed, so none can appear later in front of a sealed one. Two runs at once compute the same hashes. Returns how many rows.
 */
export async function sealAuditLog(ctx: Context): Promise<number> {
  let [head] = await ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1)
  let rows = 0
  for (let seal = 0; seal < sealsPerRun; seal += 1) {
    const links = await linksAfter(ctx, head)
    head = links.at(-1)
    if (!head) break
    rows += links.length
    await ctx.db.batch([
      insertMany(ctx, auditChain, links, { onConflict: 'nothing' }),
      ctx.db
        .insert(auditSeal)
        .values({ last_id: head.audit_id, hash: head.hash, sealed_at: ctx.now })
        .onConflictDoNothing(),
    ])
  }
  await storeSeals(ctx)
  return rows
}

type Link = typeof auditChain.$inferSelect

/** The next links of the chain behind `head`. */
async function linksAfter(ctx: Context, head: Link | undefined): Promise<Link[]> {
  const links: Link[] = []
  let hash = head?.hash ?? genesis
  for (const row of await rowsAfter(ctx.db, head?.audit_id ?? 0, rowsPerSeal)) {
    hash = await auditSealOf(hash, row)
    links.push({ audit_id: row.id, hash })
  }
  return links
}

/** A seal that is there already stays as it is: nothing may replace it. */
async function storeSeals(ctx: Context): Promise<void> {
  const unstored = await ctx.db
    .select()
    .from(auditSeal)
    .where(isNull(auditSeal.stored_at))
    .orderBy(asc(auditSeal.last_id))
    .limit(sealsPerRun)
  if (unstored.length === 0) return
  const puts = unstored.map(({ last_id, hash, sealed_at }) =>
    ctx.env.BACKUPS.put(auditSealKey(last_id), JSON.stringify({ last_id, hash, sealed_at }), {
      onlyIf: { etagDoesNotMatch: '*' },
    }),
  )
  await Promise.all(puts)
  const stored = unstored.map(({ last_id }) => last_id)
  await ctx.db.update(auditSeal).set({ stored_at: ctx.now }).where(inMany(auditSeal.last_id, stored))
}
