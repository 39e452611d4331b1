import type { Context } from '#/platform/context.ts'
import { find, restore, softDeleteRow } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { seatFreed } from './events.ts'
import { blameOf, findEnrollmentFacts } from '#/enrolling/seat/index.ts'
import { enrollmentEntity, placeOfDeleted } from './queries.ts'

/** Hides an enrollment, and gives back a seat that it held. */
export const deleteEnrollment = (ctx: Context, id: number) =>
  settle(async () => {
    const enrollment = await find(ctx, enrollmentEntity, id)
    await softDeleteRow(ctx, enrollmentEntity, enrollment, {
      events: [seatFreed({ section_id: enrollment.section_id })],
    })
  })

/** Brings it back with its seat, if the section has one: the database refuses as it does a new enrollment. */
export async function restoreEnrollment(ctx: Context, id: number) {
  const { sections } = await findEnrollmentFacts(ctx, placeOfDeleted(ctx, id))
  return restore(ctx, enrollmentEntity, id, sections[0] && blameOf(sections[0]))
}
