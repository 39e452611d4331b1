import { sql } from 'drizzle-orm'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { resultTable } from '#/grading/result/table.ts'
import type { findChange } from './queries.ts'
import { resultChange } from './table.ts'

type Change = Awaited<ReturnType<typeof findChange>>

const figures = ['outcome', 'percentage', 'letter', 'points', 'value'] as const

/** The audit row of the result itself, once the last approval has changed it: its history tells it, too. */
export function tellingResult(ctx: Context, change: Change): Statement {
  const changed = figures.flatMap((figure) => {
    const [before, now] = [change[`old_${figure}`], change[`new_${figure}`]]
    return before === now ? [] : [[figure, { old: before, new: now }] as const]
  })
  return auditRows(ctx, {
    entity: 'result',
    id: sql`${resultTable.id}`,
    changes: sql`${JSON.stringify({ ...Object.fromEntries(changed), change_id: { new: change.id } })}`,
    from: sql`${resultTable} where ${resultTable.id} = ${change.result_id} and exists (select 1 from ${resultChange}
      where ${resultChange.id} = ${change.id} and ${resultChange.status} = 'approved')`,
  })
}
