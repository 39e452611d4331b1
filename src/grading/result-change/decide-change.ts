import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { ApiError } from '#/platform/errors.ts'
import { tellingResult } from './telling-result-queries.ts'
import { changeApproved } from './events.ts'
import { approvalNote, changeRows, changeTexts, findChange } from './queries.ts'
import { requirePending } from './rules.ts'
import type { ResultChangeDecision } from './schema.ts'
import { resultChange, resultChangeApproval } from './table.ts'
import { errors } from './errors.ts'

/**
 * Approves or rejects a change that somebody else asked for. The database counts the approvals and applies the change with the last one,
 * so that of two who approve at the same time neither is lost and the change happens once. The student is told by mail.
 */
export async function decideChange(ctx: Context, { change_id, approved, note }: z.output<typeof ResultChangeDecision>) {
  const change = await findChange(ctx, change_id)
  if (change.requested_by === ctx.actor.id) {
    const about = { entity: 'result_change', id: change_id, summary: 'own change not decided' }
    throw new ApiError(errors.RESULT_CHANGE_OWN, {}, { about })
  }
  requirePending(change)
  demandVersion(ctx, change)
  const { old_percentage, new_percentage, old_letter, new_letter, result_id } = change
  const { read } = await write(ctx, {
    change: approved ? approval(ctx, change_id, note ?? null) : rejection(ctx, change, note ?? null),
    audit: {
      entity: 'result_change',
      id: change_id,
      changes: {
        approved: { new: approved },
        result_id: { new: result_id },
        percentage: { old: old_percentage, new: approved ? new_percentage : old_percentage },
        letter: { old: old_letter, new: approved ? new_letter : old_letter },
      },
      reason: note ?? null,
    },
    also: approved ? [tellingResult(ctx, change)] : [],
    events: approved ? [changeApproved({ change_id })] : [],
    read: changeRows(ctx.db).where(eq(resultChange.id, change_id)),
  })
  return read[0]!
}

const approval = (ctx: Context, change_id: number, note: string | null): Statement =>
  ctx.db.insert(resultChangeApproval).values({
    change_id,
    user_id: ctx.actor.id!,
    approved_at: ctx.now,
    note,
    ...derivedOf(approvalNote, { note }, ctx.settings),
  })

type Pending = Awaited<ReturnType<typeof findChange>>

const rejection = (ctx: Context, { id, version, ...change }: Pending, note: string | null): Statement =>
  ctx.db
    .update(resultChange)
    .set({
      status: 'rejected',
      resolved_at: ctx.now,
      resolved_by: ctx.actor.id,
      note,
      ...derivedOf(changeTexts, { ...change, note }, ctx.settings),
      version: version + 1,
      updated_at: ctx.now,
    })
    .where(and(eq(resultChange.id, id), eq(resultChange.status, 'pending'), eq(resultChange.version, version)))
