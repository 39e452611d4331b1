import { sql } from 'drizzle-orm'
import { contentOfRow, type WrittenRow as Sealable } from '#/platform/audit/content.ts'
import { auditLog } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { type RestingRow, type SealedRow, sealRows } from './seal-rows.ts'

/** Where the columns stand in the content of a row. */
const at = { entity_type: 5, entity_id: 6, changes: 7, reason: 9, request_id: 16 }

/**
 * The rows as they are once whatever they tell of persons in the clear is encrypted, and the statements that do it, for the batch that keeps
 * their hashes. It fails (STALE_STATE) when a row is not what was hashed, as somebody else was quicker.
 */
export async function sealPersonal(
  ctx: Context,
  rows: readonly Sealable[],
): Promise<{ rows: Sealable[]; work: Statement[] }> {
  const sealed = new Map((await sealRows(ctx, rows.map(restingOf))).map((row) => [row.id, row]))
  if (sealed.size === 0) return { rows: [...rows], work: [] }
  const after = rows.map((row) => {
    const changed = sealed.get(row.id)
    return changed ? { id: row.id, content: contentWith(row, changed) } : row
  })
  const changed = after.filter(({ id }) => sealed.has(id))
  return { rows: after, work: [keeping(ctx, [...sealed.values()]), expectContents(ctx, changed)] }
}

export function restingOf({ id, content }: Sealable): RestingRow {
  const values = JSON.parse(content) as (string | null)[]
  return {
    id,
    entity_type: values[at.entity_type]!,
    entity_id: values[at.entity_id]!,
    request_id: values[at.request_id]!,
    changes: values[at.changes]!,
    reason: values[at.reason]!,
  }
}

/** The content of a row with other changes and reason. */
export function contentWith({ content }: Sealable, { changes, reason }: Pick<SealedRow, 'changes' | 'reason'>): string {
  const values = JSON.parse(content) as unknown[]
  return JSON.stringify(values.with(at.changes, changes).with(at.reason, reason))
}

const keeping = (ctx: Context, rows: readonly SealedRow[]) =>
  ctx.db
    .update(auditLog)
    .set({ changes: sql`s.value ->> 1`, reason: sql`s.value ->> 2` })
    .from(sql`json_each(${JSON.stringify(rows.map(({ id, changes, reason }) => [id, changes, reason]))}) s`)
    .where(sql`${auditLog.id} = s.value ->> 0 and ${auditLog.changes} -> '$.sealed.by' is null`)

const expectContents = (ctx: Context, rows: readonly Sealable[]) =>
  expectThat(
    ctx,
    sql`not exists (select 1 from json_each(${JSON.stringify(rows.map(({ id, content }) => [id, content]))}) e
      join ${auditLog} on ${auditLog.id} = e.value ->> 0 where ${contentOfRow} is not e.value ->> 1)`,
  )
