import type { Context } from '#/platform/context.ts'
import { find, restore, softDeleteRow } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { seatFreed } from './events.ts'
import { blameOf, findEnrollmentFacts, isOfCourse, seatErrors, takenParams } from '#/enrolling/seat/index.ts'
import { enrollmentEntity, placeOfDeleted, statusOfDeleted } from './queries.ts'

/** Hides an enrollment, and gives back a seat that it held. */
export const deleteEnrollment = (ctx: Context, id: number) =>
  settle(async () => {
    const enrollment = await find(ctx, enrollmentEntity, id)
    await softDeleteRow(ctx, enrollmentEntity, enrollment, {
      events: [seatFreed({ section_id: enrollment.section_id })],
    })
  })

/** Brings it back with its seat, if the section has one and the student no other of the course: as a new enrollment would be. */
export const restoreEnrollment = (ctx: Context, id: number) =>
  settle(async () => {
    const { sections, seats, graded } = await findEnrollmentFacts(ctx, placeOfDeleted(ctx, id))
    const [section] = sections
    const others = section ? seats.filter((seat) => isOfCourse(section, seat)) : []
    if (section && (others.length > 0 || graded.length > 0)) {
      const status = await statusOfDeleted(ctx, id)
      if (status === 'enrolled' && graded.length > 0)
        throw new ApiError(seatErrors.RESULT_ALREADY_OFFICIAL, { course: section.course_code })
      if (others.length > 0 && (status === 'enrolled' || status === 'completed'))
        throw others.some((seat) => seat.section_id === section.id)
          ? new ApiError(seatErrors.ALREADY_ENROLLED)
          : new ApiError(seatErrors.COURSE_ALREADY_TAKEN, takenParams(section, others))
    }
    return restore(ctx, enrollmentEntity, id, section && blameOf(section, { is_waiting: false, seats: [] }))
  })
