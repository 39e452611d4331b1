import { type Context, localDate } from '../../context.ts'
import { find, update } from '../../database/entity.ts'
import { ApiError } from '../../errors.ts'
import { enrollmentEntity } from './queries.ts'

/** Gives a seat back before the drop deadline. The row stays as history; enrolling again makes a new one. */
export async function dropEnrollment(ctx: Context, id: number) {
  const enrollment = await find(ctx, enrollmentEntity, id)
  if (enrollment.status !== 'enrolled') throw new ApiError('ENROLLMENT_ENDED', { status: enrollment.status })
  const { drop_deadline } = enrollment
  if (drop_deadline !== null && localDate(ctx) > drop_deadline)
    throw new ApiError('DROP_DEADLINE_PASSED', { drop_deadline })
  return update(ctx, enrollmentEntity, enrollment, { status: 'dropped', ended_at: ctx.now })
}
