import { type SQL, sql } from 'drizzle-orm'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import { nextAuditId } from '#/platform/audit/next-id.ts'
import type { Context } from '#/platform/context.ts'
import { carriedScore, replacedScore } from './table.ts'

/** What the row of the act that comes next will be called by these rows, which stand in front of it. */
const besideNextAct = sql`'#' || (${nextAuditId} + count(*) over ())`

/**
 * An audit row for each score that transfers to these places (a relation of section_id and student_id) are about to overwrite: a statement in
 * front of them, as only then what they overwrite is there. `isAhead`: the row of the act is yet to come.
 */
export const tellingReplaced = (ctx: Context, places: SQL, { isAhead = false, action }: Telling = {}) =>
  auditRows(ctx, {
    entity: 'score',
    id: sql`${replacedScore.id}`,
    changes: sql`json_object(
      'score', json_object('old', old_score / 100.0, 'new', score / 100.0), 'state', json_object('old', old_state, 'new', state),
      'carried_from', json_object('new', carried_from), 'carried_to', json_object('old', carried_to, 'new', null))`,
    from: sql`${replacedScore} where (${replacedScore.section_id}, ${replacedScore.student_id}) in ${places}`,
    ...(isAhead && { summary: besideNextAct }),
    ...(action && { action }),
  })

interface Telling {
  isAhead?: boolean
  action?: string
}

/** The same for those that they have made by now, and those that these were made of. */
export const tellingCarried = (ctx: Context, places: SQL, action?: string) =>
  auditRows(ctx, {
    entity: 'score',
    id: sql`${carriedScore.id}`,
    changes: sql`iif(carried_from is null, json_object('carried_to', json_object('old', null, 'new', carried_to)), json_object(
      'score', json_object('new', score / 100.0), 'state', json_object('new', state), 'carried_from', json_object('new', carried_from)))`,
    from: sql`${carriedScore} where (${carriedScore.section_id}, ${carriedScore.student_id}) in ${places}
      and ${carriedScore.updated_at} = ${ctx.now} and (carried_from is null or ${carriedScore.created_at} = ${ctx.now})`,
    ...(action && { action }),
  })
