import { asc, lt, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { importError, importJob, importRow } from './table.ts'
import { fileKey } from './work-on.ts'

/** How long an import and what was wrong with it can be looked at. One that is still waiting then is given up. */
const retentionMs = 7 * 24 * 60 * 60 * 1000
const perRun = 100

/** Forgets old imports, their files and their errors. */
export async function deleteOldImports(ctx: Context): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - retentionMs).toISOString()
  const old = await ctx.db
    .select({ id: importJob.id })
    .from(importJob)
    .where(lt(importJob.created_at, before))
    .orderBy(asc(importJob.created_at))
    .limit(perRun)
  if (old.length === 0) return
  await ctx.env.DOCUMENTS.delete(old.map(({ id }) => fileKey(id)))
  const ids = sql`(select value from json_each(${JSON.stringify(old.map(({ id }) => id))}))`
  await ctx.db.batch([
    ctx.db.delete(importRow).where(sql`${importRow.import_id} in ${ids}`),
    ctx.db.delete(importError).where(sql`${importError.import_id} in ${ids}`),
    ctx.db.delete(importJob).where(sql`${importJob.id} in ${ids}`),
  ])
}
