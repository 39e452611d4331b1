import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { assessment } from '#/grading/assessment/table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { studentsOf } from '#/enrolling/seat/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { scoreTable } from './table.ts'

interface Carried {
  section_id: number
  carried_to: number | null
}

/**
 * Throws SCORE_CARRIED, with the place where it counts, for a score that a transfer took along: the one that stayed behind is closed unless
 * its student sits in the section again. The database holds that.
 */
export async function requireNotCarried({ db }: Context, score: Carried) {
  if (score.carried_to === null) return
  const [counting] = await db
    .select({ section: section.number, assessment_id: assessment.id, score_id: scoreTable.id })
    .from(scoreTable)
    .innerJoin(assessment, eq(assessment.id, scoreTable.assessment_id))
    .innerJoin(section, eq(section.id, assessment.section_id))
    .where(
      and(eq(scoreTable.id, score.carried_to), sql`${scoreTable.student_id} not in ${studentsOf(score.section_id)}`),
    )
  if (counting) throw new ApiError(assessmentErrors.SCORE_CARRIED, counting)
}
