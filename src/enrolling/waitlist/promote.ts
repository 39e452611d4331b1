import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Reaction } from '#/platform/events/subscriptions.ts'
import { leaveToOthers } from '#/platform/database/write/stale.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import {
  expectAsRead,
  findEnrollmentFacts,
  judgeAll,
  mayBeLeftFor,
  placesOf,
  seatingLine,
  tellingCarried,
  tellingEnded,
  tellingGiven,
  tellingReplaced,
} from '#/enrolling/seat/index.ts'
import { many } from '#/platform/database/in-many.ts'
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
 * seats there are, is for the database to say. The write fails (STALE_STATE) when somebody would be left waiting who is not known yet, took
 * another seat, or changed otherwise: run it within `settle`.
 */
export const promotion = (ctx: Context, { section_id }: { section_id: number }): Promise<Reaction> =>
  promotions(ctx, [section_id])

/** The same for several sections. So many seats of each as are `pending` become free in the write only after its audit row. */
export async function promotions(
  ctx: Context,
  sections: readonly number[],
  { pending = sql`0` } = {},
): Promise<Reaction> {
  const done = new Set<number>()
  const also: Statement[] = []
  const lines: SQL[] = []
  for (const id of sections) {
    const one = await filling(ctx, id, { pending, done })
    also.push(...one.also)
    lines.push(...one.lines)
  }
  return { also, ...(lines.length > 0 && { named: namesOf(lines) }) }
}

/**
 * Statements that fill a section, and who gets a seat by then. Who swaps leaves a seat in another section, which goes to those who wait
 * there; what would come back to a section that is `done` is left to the job.
 */
async function filling(ctx: Context, section_id: number, { pending, done }: { pending: SQL; done: Set<number> }) {
  done.add(section_id)
  const facts = await findEnrollmentFacts({ ...ctx, reach: 'any' }, waitingFor(ctx, section_id))
  const { waiting } = facts
  const newcomers = expectThat(ctx, noNewcomer(section_id, waiting.at(-1)?.id ?? 0))
  if (waiting.length === 0) return { also: [newcomers], lines: [] }
  const sections = facts.sections.map((section) => ({ ...section, capacity: Infinity }))
  const verdicts = judgeAll({ ...facts, sections }, waiting, ctx.now)
  const judged = waiting.map(({ id }, index) => ({ id, ...verdicts[index]! }))
  const eligible = judged.filter(({ refusals }) => refusals.length === 0)
  const others = judged.filter(({ refusals }) => refusals.length > 0)
  const line = firstInLine(section_id, eligible)
  const named = firstInLine(section_id, eligible, pending)
  const swapping = new Set(eligible.filter(({ swap }) => swap).map(({ student_id }) => student_id))
  const left = facts.seats.filter((seat) => swapping.has(seat.student_id) && mayBeLeftFor(sections[0]!, seat))
  const swappers = left.map(({ student_id }) => ({ section_id, student_id }))
  const action = 'enrollment.transfer'
  const also: Statement[] = [
    ...(left.length > 0
      ? [tellingReplaced(ctx, firstOf(line, swappers), { action }), leavingFor(ctx, section_id, line)]
      : []),
    seatingLine(ctx, line),
    ...(eligible.length > 0 ? [tellingGiven(ctx, placesOf(eligible), 'waitlist.promote')] : []),
    ...(left.length > 0
      ? [tellingEnded(ctx, many(left.map(({ id }) => id)), action), tellingCarried(ctx, placesOf(swappers), action)]
      : []),
    skipping(ctx, section_id, others, eligible),
    newcomers,
    expectAsRead(ctx, eligible, facts),
  ]
  const lines = eligible.length > 0 ? [named] : []
  for (const seat of left) {
    if (done.has(seat.section_id)) continue
    const one = await filling(ctx, seat.section_id, { pending: seatsLeft(named, seat.section_id), done })
    also.push(...one.also)
    lines.push(...one.lines)
  }
  return { also, lines }
}

/** Those of these places that a line gets to at this moment. */
const firstOf = (line: SQL, places: Parameters<typeof placesOf>[0]) =>
  sql`(select section_id, student_id from ${placesOf(places)} where student_id in (select student_id from ${line}))`

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
