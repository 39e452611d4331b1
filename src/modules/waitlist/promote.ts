import type { Context } from '../../context.ts'
import { expect, expectChange, settle, type Statement, write } from '../../database/write.ts'
import { findEnrollmentFacts, judgeAll, overridesUsed, seating } from '../enrollment/index.ts'
import { findPromotable, queueIs, skipping, waitingFor } from './queries.ts'

interface Supply {
  /** Seats that the write gives back before it promotes. */
  freed?: number
  /** The capacity that the write sets. */
  capacity?: number
}

/**
 * Who of a waitlist gets the seats that are free after a write, as statements of that write and a line for its audit row. Those in front who
 * may not have one keep their place and learn why. The statements fail the write (STALE_STATE) when the queue is another one by then:
 * run it within `settle`.
 */
export async function promotion(ctx: Context, sectionId: number, { freed = 0, capacity }: Supply = {}) {
  const facts = await findEnrollmentFacts({ ...ctx, reach: 'any' }, waitingFor(sectionId))
  const { waiting } = facts
  const sections = facts.sections.map((section) => ({
    ...section,
    seats_taken: section.seats_taken - freed,
    capacity: capacity ?? section.capacity,
  }))
  const verdicts = judgeAll({ ...facts, sections }, waiting, ctx.now)
  const decided = waiting.map(({ id }, index) => ({ id, ...verdicts[index]! }))
  const promoted = decided.filter(({ refusals }) => refusals.length === 0)
  const passedOver = decided.filter(
    ({ refusals }) => refusals.length > 0 && refusals.every(({ code }) => code !== 'SECTION_FULL'),
  )
  const premise = queueIs(
    sectionId,
    waiting.map(({ id }) => id),
    promoted.length,
  )
  const also: Statement[] = [
    ...(promoted.length > 0 ? [seating(ctx, promoted, premise), expectChange(ctx)] : [expect(ctx, premise)]),
    ...(passedOver.length > 0
      ? [
          skipping(
            ctx,
            passedOver.map(({ id, refusals }) => [id, refusals[0]!]),
          ),
        ]
      : []),
  ]
  const named = promoted.map(({ id, student_id }) => ({ waitlist_entry_id: id, student_id }))
  const changes = {
    ...(named.length > 0 && { promoted: { new: named } }),
    ...overridesUsed(promoted.flatMap(({ overrides }) => overrides)),
  }
  return { also, changes }
}

/** Offers free seats to those who may have them by now, say because a hold was lifted. One write for each section. */
export async function promoteWaitlists(ctx: Context): Promise<void> {
  const acting: Context = { ...ctx, permission: 'enrollment.create' }
  for (const { id } of await findPromotable(ctx)) await settle(() => fillSeats(acting, id))
}

async function fillSeats(ctx: Context, id: number) {
  const { also, changes } = await promotion(ctx, id)
  const [change, ...rest] = also
  if (changes.promoted && change) await write(ctx, { change, audit: { entity: 'section', id, changes }, also: rest })
}
