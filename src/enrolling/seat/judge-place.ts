import type { Context } from '#/platform/context.ts'
import { ApiError, messageOf } from '#/platform/errors.ts'
import { judgeAll, mayBeLeftFor, type Place } from './judge.ts'
import { expectAsRead, placesOf } from './place-queries.ts'
import { findEnrollmentFacts } from './queries.ts'
import { fullParams, type Refusal, type Section } from './rules.ts'

/**
 * Everything against a student in a section. Throws when either is unknown, or the student sits there already. `left` is the seat that
 * a swap gives up. `stillTrue` is a precondition of the write: run it within `settle`.
 */
export async function judgePlace(ctx: Context, place: Place) {
  const facts = await findEnrollmentFacts(ctx, placesOf([place]))
  const [verdict] = judgeAll(facts, [place], ctx.now)
  const { refusals, overrides } = verdict!
  const [first] = refusals
  if (first && first.error.status !== 400) throw new ApiError(first.error, first.params)
  const stillTrue = expectAsRead(ctx, [place], facts)
  const section = facts.sections[0]!
  const left = place.swap ? facts.seats.find((seat) => mayBeLeftFor(section, seat)) : undefined
  return { section, left, refusals, overrides, isWaiting: facts.waiting.length > 0, stillTrue }
}

/** The error for at least one refusal: the first one's code, all of them in its details. */
export const refusal = (ctx: Context, refusals: Refusal[]) =>
  new ApiError(refusals[0]!.error, refusals[0]!.params, { details: { reasons: reasonsOf(ctx, refusals) } })

export const reasonsOf = (ctx: Context, refusals: Refusal[]) =>
  refusals.map(({ error, params }) => ({ code: error.code, message: messageOf(error, params, ctx.language) }))

/** Fills the texts of the constraints that may still refuse a seat. */
export const blameOf = (section: Section) => ({
  id: section.id,
  term_code: section.term.code,
  ...fullParams(section),
})

/** For the audit row: which overrides a seat took. */
export const overridesUsed = (ids: readonly number[]) => (ids.length > 0 ? { overrides: { new: ids } } : {})
