import type { Context } from '#/platform/context.ts'
import { differences } from '#/platform/database/write/differences.ts'
import { readWritten } from '#/platform/database/write/read-back.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { blameOf, judgePlace, overridesUsed, type Place, reasonsOf, refusal, seating } from '#/enrolling/seat/index.ts'
import { enrollmentEntity } from './queries.ts'

/**
 * Gives a student a seat in a section. The checks here are for a kind answer; what settles a race for the last seat is the
 * database, whose count of seats cannot exceed the capacity. When the student takes another seat meanwhile, all is looked at again.
 */
export const enrollStudent = (ctx: Context, place: Place) =>
  settle(async () => {
    const { section, refusals, overrides, stillTrue } = await judgePlace(ctx, place)
    if (refusals.length > 0) throw refusal(ctx, refusals)
    const values = {
      section_id: place.section_id,
      student_id: place.student_id,
      status: 'enrolled',
      enrolled_at: ctx.now,
    }
    const { read } = await write(ctx, {
      change: seating(ctx, [place]),
      audit: { entity: 'enrollment', changes: { ...differences({}, values), ...overridesUsed(overrides) } },
      also: [stillTrue],
      read: readWritten(ctx, enrollmentEntity),
      blame: { ...blameOf(section), section_id: place.section_id, student_id: place.student_id },
    })
    return read[0]!
  })

/** What enrolling would answer, without writing anything. */
export async function checkEnrollment(ctx: Context, place: Place) {
  const { refusals } = await judgePlace(ctx, place)
  return { allowed: refusals.length === 0, reasons: reasonsOf(ctx, refusals) }
}
