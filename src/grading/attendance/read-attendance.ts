import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { findTallies } from './queries.ts'
import { figuresOf } from './rules.ts'
import { studentErrors } from '#/people/student/index.ts'

interface Asked {
  student_id: number
  section_id: number
  /** A decimal as it is written. */
  threshold: string
}

/** How often one student was there, and whether that is enough. Students ask about themselves. */
export async function readEligibility(ctx: Context, { student_id, section_id, threshold }: Asked) {
  const [found] = await findTallies(ctx, section_id, student_id)
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: student_id })
  return { student_id, section_id, ...figuresOf(found.tally, threshold), threshold: Number(threshold) }
}

/** The same for everybody who sits in a section. */
export async function readSectionSummary(ctx: Context, { section_id, threshold }: Omit<Asked, 'student_id'>) {
  const students = await findTallies(ctx, section_id)
  return {
    section_id,
    threshold: Number(threshold),
    students: students.map(({ id, tally, ...student }) => ({
      student_id: id,
      ...student,
      ...figuresOf(tally, threshold),
    })),
  }
}
