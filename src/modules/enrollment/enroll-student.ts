import type { Context } from '../../context.ts'
import { insert } from '../../database/entity.ts'
import { ApiError, messageOf } from '../../errors.ts'
import { enrollmentEntity, findEnrollmentFacts } from './queries.ts'
import { enrollmentRefusals, type Refusal } from './rules.ts'

interface Place {
  section_id: number
  student_id: number
}

/**
 * Gives a student a seat in a section. The checks here are for a kind answer; what settles a race for the last seat is the
 * database, whose count of seats cannot exceed the capacity.
 */
export async function enrollStudent(ctx: Context, { section_id, student_id }: Place) {
  const { section, term, refusals } = await judgeEnrollment(ctx, { section_id, student_id })
  if (refusals.length > 0) throw refusal(ctx, refusals)
  return insert(
    ctx,
    enrollmentEntity,
    { section_id, student_id, status: 'enrolled', enrolled_at: ctx.now },
    { id: section_id, capacity: section.capacity, term_code: term.code },
  )
}

/** What enrolling would answer, without writing anything. */
export async function checkEnrollment(ctx: Context, place: Place) {
  const { refusals } = await judgeEnrollment(ctx, place)
  return { allowed: refusals.length === 0, reasons: reasonsOf(ctx, refusals) }
}

/** Everything against it. Throws when section or student is unknown, or the student sits there already. */
export async function judgeEnrollment(ctx: Context, { section_id, student_id }: Place) {
  const { place, person, seat, ...facts } = await findEnrollmentFacts(ctx, section_id, student_id)
  if (!place) throw new ApiError('SECTION_NOT_FOUND', { id: section_id })
  if (!person) throw new ApiError('STUDENT_NOT_FOUND', { id: student_id })
  if (seat) throw new ApiError('ALREADY_ENROLLED')
  return { ...place, refusals: enrollmentRefusals({ ...place, student: person, ...facts, now: ctx.now }) }
}

/** The error for at least one refusal: the first one's code, all of them in its details. */
export const refusal = (ctx: Context, refusals: Refusal[]) =>
  new ApiError(refusals[0]!.code, refusals[0]!.params, { details: { reasons: reasonsOf(ctx, refusals) } })

const reasonsOf = (ctx: Context, refusals: Refusal[]) =>
  refusals.map(({ code, params }) => ({ code, message: messageOf(code, params, ctx.language) }))
