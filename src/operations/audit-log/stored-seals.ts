import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { storedJson } from '#/platform/encoding/stored.ts'
import { auditSealKey, auditSealPrefix, idIn } from './chain.ts'
import { type AuditSeal, auditChain, auditSeal } from './table.ts'

/** A seal as it rests in R2. `links` are the hashes of its rows, so that a wrong row can be named even where all hashes were made anew. */
const StoredSeal = z.object({
  last_id: z.int(),
  hash: z.string(),
  sealed_at: z.string(),
  links: z.array(z.tuple([z.int(), z.string()])).default([]),
})
export type StoredSeal = z.output<typeof StoredSeal>

/** Puts a seal into R2. One that is there already stays as it is: nothing may replace it. */
export async function storeSeal(ctx: Context, chain: number, { last_id, hash, sealed_at }: AuditSeal): Promise<void> {
  const before = sql`coalesce((select max(${auditSeal.last_id}) from ${auditSeal} where ${auditSeal.last_id} < ${last_id}), 0)`
  const rows = await ctx.db
    .select()
    .from(auditChain)
    .where(and(gt(auditChain.audit_id, before), lte(auditChain.audit_id, last_id)))
    .orderBy(asc(auditChain.audit_id))
  const links = rows.map((link) => [link.audit_id, link.hash] as const)
  await ctx.env.BACKUPS.put(auditSealKey(chain, last_id), JSON.stringify({ last_id, hash, sealed_at, links }), {
    onlyIf: { etagDoesNotMatch: '*' },
    customMetadata: { hash },
  })
  await ctx.db.update(auditSeal).set({ stored_at: ctx.now }).where(eq(auditSeal.last_id, last_id))
}

/** A seal in R2; undefined when it is not there, or what is there is none. */
export async function readSeal(ctx: Context, chain: number, lastId: number): Promise<StoredSeal | undefined> {
  const object = await ctx.env.BACKUPS.get(auditSealKey(chain, lastId))
  return object ? StoredSeal.safeParse(await storedJson(object)).data : undefined
}

/** A seal as the listing of the bucket tells of it; `hash` is absent where an older version stored it. */
export interface ListedSeal {
  last_id: number
  hash: string | undefined
}

/** The seals of a chain in R2 behind a row, in their order, a page of the listing at a time. */
export async function* listSeals(ctx: Context, chain: number, after: number): AsyncGenerator<ListedSeal[]> {
  let startAfter = auditSealKey(chain, after)
  for (;;) {
    const page = await ctx.env.BACKUPS.list({
      prefix: auditSealPrefix(chain),
      delimiter: '/',
      startAfter,
      include: ['customMetadata'],
    })
    yield page.objects.flatMap(({ key, customMetadata }) => {
      const last_id = idIn(key)
      return last_id === undefined ? [] : [{ last_id, hash: customMetadata?.['hash'] }]
    })
    if (!page.truncated) return
    startAfter = page.objects.at(-1)!.key
  }
}
