import { eq } from 'drizzle-orm'
import type { Mark, ToldRow } from '#/platform/audit/audit-head.ts'
import { auditHeadOf } from '#/platform/audit/tell-head.ts'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { readNote } from './chain-note.ts'
import type { Sealable } from './chain.ts'
import type { AuditProblem } from './schema.ts'
import type { Chains } from './segments.ts'
import { auditChain } from './table.ts'

/** What the running head knows behind a row. Asked before the rows are read: what it was told has been committed by then. */
export const readHead = ({ env }: Context, after: number, limit: number) => auditHeadOf(env).read(after, limit)

/** Where rows that are not sealed yet, from the first on, are not what the head was told of them. `limit` is that of both. */
export async function disagreements(
  told: readonly ToldRow[],
  rows: readonly Sealable[],
  limit: number,
): Promise<AuditProblem[]> {
  const last = rows.length < limit ? Infinity : rows.at(-1)!.id
  const contents = new Map(rows.map((row) => [row.id, row.content]))
  const found = await Promise.all(
    told.map(async ({ id, digest }): Promise<AuditProblem[]> => {
      const content = contents.get(id)
      if (id > last || (content !== undefined && (await sha256Hex(content)) === digest)) return []
      return [{ kind: content === undefined ? 'removed' : 'altered', from_id: id, to_id: id }]
    }),
  )
  return found.flat()
}

/** Whether the chain has what the head remembers of its newest seal; of a chain that another one has followed, its note says it. */
export async function findBrokenMark(
  ctx: Context,
  { newest }: Chains,
  mark: Mark | null,
): Promise<AuditProblem | undefined> {
  if (!mark) return undefined
  const before = newest?.note ? readNote(ctx.settings, newest.note)?.before : undefined
  if (before && mark.last_id <= before.last_id && (mark.last_id !== before.last_id || mark.hash === before.hash))
    return undefined
  const [link] = await ctx.db.select().from(auditChain).where(eq(auditChain.audit_id, mark.last_id))
  if (link?.hash === mark.hash) return undefined
  return { kind: link ? 'rewritten' : 'removed', from_id: mark.last_id, to_id: mark.last_id }
}
