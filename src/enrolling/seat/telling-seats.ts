import { type SQL, sql } from 'drizzle-orm'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import type { Context } from '#/platform/context.ts'
import { enrollment } from './table.ts'

/**
 * An audit row for each seat that the batch has given by now at these places (a relation of section_id and student_id), so that its own history
 * begins with it; the row of the act names all.
 */
export const tellingGiven = (ctx: Context, places: SQL, action?: string) =>
  auditRows(ctx, {
    entity: 'enrollment',
    id: sql`${enrollment.id}`,
    changes: sql`json_object(${sql.join(
      [enrollment.section_id, enrollment.student_id, enrollment.status, enrollment.enrolled_at].map(
        (column) => sql`${column.name}, json_object('new', ${column})`,
      ),
      sql`, `,
    )})`,
    from: sql`${enrollment} where (${enrollment.section_id}, ${enrollment.student_id}) in ${places} and ${enrollment.enrolled_at} = ${ctx.now} and ${enrollment.status} = 'enrolled'`,
    ...(action && { action }),
  })

/** The same for those that it has ended or completed, of the seats whose ids follow the word `in`. */
export const tellingEnded = (ctx: Context, ids: SQL, action?: string) =>
  auditRows(ctx, {
    entity: 'enrollment',
    id: sql`${enrollment.id}`,
    changes: sql`json_patch(json_object(
        'status', json_object('old', 'enrolled', 'new', ${enrollment.status}),
        'end_reason', json_object('old', null, 'new', ${enrollment.end_reason}),
        'ended_at', json_object('old', null, 'new', ${enrollment.ended_at})),
      iif(${enrollment.transferred_to} is null, '{}', json_object('transferred_to', json_object('new', ${enrollment.transferred_to}))))`,
    from: sql`${enrollment} where ${enrollment.id} in ${ids} and ${enrollment.updated_at} = ${ctx.now} and ${enrollment.status} <> 'enrolled'`,
    ...(action && { action }),
  })
