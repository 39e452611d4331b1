import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Reaction } from '#/platform/events/subscriptions.ts'
import { leaveToOthers } from '#/platform/database/write/stale.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import {
  findEnrollmentFacts,
  judgeAll,
  mayBeLeftFor,
  noSeatElsewhere,
  placesOf,
  seating,
} from '#/enrolling/seat/index.ts'
import {
  findPromotable,
  firstInLine,
  leavingFor,
  namesOf,
  noNewcomer,
  seatsLeft,
  skipping,
  touchWithSeat,
  waitingFor,
} from './line-queries.ts'

/**
 * What gives the free seats of a section to those in front who may have them, as statements of the write that frees the seats, and their names
 * for its audit row. Who may not have one keeps the place and learns why. The decision is who may; who is in front by then, and how many
 * seats there are, is for the database to say. Who swaps leaves a seat in another section, which goes to those who wait there: `pending` of its seats are free only
 * behind the audit row. What would come back to a section that is `done` is left to the job. The write fails (STALE_STATE) when somebody would be left waiting who is not
 * known yet, or took another seat: run it within `settle`.
 */
export async function promotion(
  ctx: Context,
  { section_id }: { section_id: number },
  { done = new Set<number>(), pending = sql`0` } = {},
): Promise<Reaction> {
  done.add(section_id)
  const facts = await findEnrollmentFacts({ ...ctx, reach: 'any' }, waitingFor(ctx, section_id))
  const { waiting } = facts
  const newcomers = expectThat(ctx, noNewcomer(section_id, waiting.at(-1)?.id ?? 0))
  if (waiting.length === 0) return { also: [newcomers] }
  const sections = facts.sections.map((section) => ({ ...section, capacity: Infinity }))
  const verdicts = judgeAll({ ...facts, sections }, waiting, ctx.now)
  const judged = waiting.map(({ id }, index) => ({ id, ...verdicts[index]! }))
  const eligible = judged.filter(({ refusals }) => refusals.length === 0)
  const others = judged.filter(({ refusals }) => refusals.length > 0)
  const line = firstInLine(section_id, eligible)
  const lineThen = firstInLine(section_id, eligible, pending)
  const swapping = eligible.filter(({ swap }) => swap).map(({ student_id }) => student_id)
  const left = facts.seats
    .filter((seat) => swapping.includes(seat.student_id) && mayBeLeftFor(sections[0]!, seat))
    .map((seat) => seat.section_id)
  const further: Reaction[] = []
  for (const id of left)
    if (!done.has(id))
      further.push(await promotion(ctx, { section_id: id }, { done, pending: seatsLeft(lineThen, id) }))
  return {
    also: [
      ...(left.length > 0 ? [leavingFor(ctx, section_id, line)] : []),
      seating(ctx, line),
      skipping(ctx, section_id, others, eligible),
      newcomers,
      expectThat(ctx, noSeatElsewhere(placesOf(eligible), facts.newest)),
      ...further.flatMap(({ also = [] }) => also),
    ],
    ...(eligible.length > 0 && {
      named: namesOf(
        lineThen,
        further.flatMap(({ named = [] }) => named),
      ),
    }),
  }
}

/**
 * Offers free seats to those who may have them by now, say because a hold was lifted. One write for each section; where a seat has gone
 * to somebody else meanwhile the next run looks again. Returns how many it looked at.
 */
export async function promoteWaitlists(ctx: Context): Promise<number> {
  const acting: Context = { ...ctx, permission: 'enrollment.create' }
  const sections = await findPromotable(ctx)
  for (const { id } of sections) await fillSeats(acting, id).catch(leaveToOthers)
  return sections.length
}

async function fillSeats(ctx: Context, id: number) {
  const { named, also = [] } = await promotion(ctx, { section_id: id })
  if (named)
    await write(ctx, { change: touchWithSeat(ctx, id), audit: { entity: 'section', id, changes: named }, also })
}
