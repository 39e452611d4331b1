import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { blameOf, judgePlace, overridesUsed, type Place, reasonsOf, refusal } from '#/enrolling/seat/index.ts'
import { enrollmentEntity } from './queries.ts'

/**
 * Gives a student a seat in a section. The checks here are for a kind answer; what settles a race for the last seat is the
 * database, whose count of seats cannot exceed the capacity. When the student takes another seat meanwhile, all is looked at again.
 */
export const enrollStudent = (ctx: Context, place: Place) =>
  settle(async () => {
    const { section, refusals, overrides, stillTrue } = await judgePlace(ctx, place)
    if (refusals.length > 0) throw refusal(ctx, refusals)
    return insert(
      ctx,
      enrollmentEntity,
      { ...place, status: 'enrolled', enrolled_at: ctx.now },
      { blame: blameOf(section), changes: overridesUsed(overrides), also: [stillTrue] },
    )
  })

/** What enrolling would answer, without writing anything. */
export async function checkEnrollment(ctx: Context, place: Place) {
  const { refusals } = await judgePlace(ctx, place)
  return { allowed: refusals.length === 0, reasons: reasonsOf(ctx, refusals) }
}
