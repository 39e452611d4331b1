import { and, asc, eq, lt, notExists, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { importError, importRow } from '#/exchange/import-plan/index.ts'
import { fileKey } from './import-work.ts'
import { importJob } from './table.ts'

/** How long an import and what was wrong with it can be looked at. One that is still waiting then is given up. */
const retentionMs = 7 * 24 * 60 * 60 * 1000
const perRun = 100

/** Forgets old imports, their files and their errors. One with more errors than a run deletes goes in a later run. Returns how many. */
export async function deleteOldImports(ctx: Context): Promise<number> {
  const before = new Date(Date.parse(ctx.now) - retentionMs).toISOString()
  await deleteLostFiles(ctx, before)
  const old = await ctx.db
    .select({ id: importJob.id })
    .from(importJob)
    .where(lt(importJob.created_at, before))
    .orderBy(asc(importJob.created_at))
    .limit(perRun)
  if (old.length === 0) return 0
  await ctx.env.DOCUMENTS.delete(old.map(({ id }) => fileKey(id)))
  const ids = sql`(select value from json_each(${JSON.stringify(old.map(({ id }) => id))}))`
  await deleteSome(ctx, importRow, [importRow.import_id, importRow.line], sql`${importRow.import_id} in ${ids}`)
  await deleteSome(ctx, importError, [importError.id], sql`${importError.import_id} in ${ids}`)
  const empty = (table: typeof importRow | typeof importError) =>
    notExists(
      ctx.db
        .select({ one: sql`1` })
        .from(table)
        .where(sql`${table.import_id} = ${importJob.id}`),
    )
  const { meta } = await ctx.db
    .delete(importJob)
    .where(and(sql`${importJob.id} in ${ids}`, empty(importRow), empty(importError)))
  return meta.changes
}

/** Files of jobs of which nobody knew whether they were written, and which were not. */
async function deleteLostFiles({ env }: Context, before: string): Promise<void> {
  const { objects } = await env.DOCUMENTS.list({ prefix: fileKey('') })
  const lost = objects.filter(({ uploaded }) => uploaded.toISOString() < before)
  if (lost.length > 0) await env.DOCUMENTS.delete(lost.map(({ key }) => key))
}

/** Statements that leave no trace of an import. */
export const forgetting = (ctx: Context, id: string) =>
  [
    ctx.db.delete(importRow).where(eq(importRow.import_id, id)),
    ctx.db.delete(importError).where(eq(importError.import_id, id)),
    ctx.db.delete(importJob).where(eq(importJob.id, id)),
  ] as const
