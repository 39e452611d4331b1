import { type SQL, sql } from 'drizzle-orm'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Reaction } from '#/platform/events/subscriptions.ts'
import { studentErrors } from '#/people/student/index.ts'
import { openSeat, tellingEnded } from '#/enrolling/seat/index.ts'
import { many } from '#/platform/database/in-many.ts'
import { promotions } from '#/enrolling/waitlist/index.ts'
import { endedSeats, endingSeats, endToday, findOpenSeats, leaversIn } from './queries.ts'

/** What ends the open seats of a student who leaves, gives them to those who wait, and lists them as `ended` in the answer. */
export async function endSeatsOfLeaver(ctx: Context, { student_id }: { student_id: number }): Promise<Reaction> {
  const seats = await findOpenSeats(ctx, student_id)
  const ids = seats.map(({ enrollment_id }) => enrollment_id)
  const known = sql`(select value from json_each(${JSON.stringify(ids)}))`
  const noOther = sql`not exists (select 1 from ${openSeat} where ${openSeat.student_id} = ${student_id} and ${openSeat.id} not in ${known})`
  const { also = [], ...further } = await promotions(
    ctx,
    seats.map(({ section_id }) => section_id),
    { pending: sql`1` },
  )
  return {
    also: [
      expectThat(ctx, noOther),
      endingSeats(ctx, sql`(${student_id})`),
      tellingEnded(ctx, many(ids), 'enrollment.end'),
      ...also,
    ],
    changes: ids.length > 0 ? { ended: { new: ids } } : {},
    answer: { ended: endedSeats(ctx, ids) },
    ...further,
  }
}

/**
 * Ends the open seats of those whom a file lets leave, before their rows are changed, with an audit row for each seat. `changed` is a relation
 * of target_id and content. Who waits for the seats gets them from the job.
 */
export function endingSeatsOfLeavers(ctx: Context, changed: SQL, summary: SQL): Statement[] {
  const students = leaversIn(changed)
  return [
    auditRows(ctx, {
      entity: 'enrollment',
      id: sql`${openSeat.id}`,
      changes: sql`json_object('status', json_object('old', 'enrolled', 'new', ${endToday(ctx)}),
        'ended_at', json_object('old', null, 'new', ${ctx.now}))`,
      summary,
      from: sql`${openSeat} where ${openSeat.student_id} in ${students}`,
    }),
    endingSeats(ctx, students),
  ]
}

/** Throws STUDENT_HAS_OPEN_SEATS, with a list of them, when results of a graduate are still to come. */
export async function refuseOpenSeats(ctx: Context, { student_id }: { student_id: number }): Promise<Reaction> {
  const seats = await findOpenSeats(ctx, student_id)
  if (seats.length === 0) return {}
  throw new ApiError(studentErrors.STUDENT_HAS_OPEN_SEATS, { count: seats.length }, { details: { seats } })
}
