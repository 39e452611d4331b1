import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { byId, byNumber, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { assessment } from '#/grading/assessment/table.ts'
import { category } from '#/grading/category/table.ts'
import { countsOfSection } from '#/grading/attendance/index.ts'
import { course } from '#/catalog/course/table.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { program } from '#/catalog/program/table.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { offeredCredits, sectionErrors, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName, studentsByName } from '#/people/student/table.ts'
import { score, scoreTable } from './table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { scoreStates } from '#/platform/words.ts'

const fields = { ...shown(score), section_id: assessment.section_id, max_score: assessment.max_score }

const rows = (db: Database) =>
  db.select(fields).from(score).innerJoin(assessment, eq(assessment.id, score.assessment_id)).$dynamic()

/** Faculty see the scores of their sections; students their own, once the assessment is released. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, assessment.section_id),
    student: () => and(eq(score.student_id, ctx.actor.studentId ?? 0), eq(assessment.released, true)) as SQL,
  })

export const scoreEntity = entity({
  name: 'score',
  table: scoreTable,
  rows,
  id: score.id,
  visible,
  notFound: assessmentErrors.SCORE_NOT_FOUND,
})

export const findScore = (ctx: Context, id: number) => find(ctx, scoreEntity, id)

export const scoreList = list({
  rows,
  visible,
  id: score.id,
  orderings: {
    id: score.id,
    assessment_id: score.assessment_id,
    student_id: score.student_id,
    updated_at: score.updated_at,
  },
  defaultOrdering: 'id',
  filters: {
    assessment_id: byId(score.assessment_id),
    student_id: byId(score.student_id),
    section_id: byId(assessment.section_id),
    state: byOneOf(score.state, scoreStates),
    score: byNumber(score.score),
  },
})

/** Everything a gradebook is made of, in one round trip. Throws SECTION_NOT_FOUND when the caller may not see the section. */
export async function findGradebook(ctx: Context, sectionId: number, studentId?: number) {
  const { db } = ctx
  const own = scope(ctx, {
    faculty: () => teaches(ctx, section.id),
    student: () => sql`${studentId ?? null} = ${ctx.actor.studentId}`,
  })
  const one = studentId === undefined ? undefined : eq(enrollment.student_id, studentId)
  const sections = db
    .select({
      id: section.id,
      absence_penalty: course.absence_penalty,
      attendance_rule: course.attendance_rule,
      credits: offeredCredits,
    })
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .where(and(eq(section.id, sectionId), own))
  const roster = db
    .select({
      id: student.id,
      student_number: student.student_number,
      student_name: studentName,
      scheme: schemeCode(ctx).as('scheme'),
    })
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .where(and(eq(enrollment.section_id, sectionId), inArray(enrollment.status, ['enrolled', 'completed']), one))
    .orderBy(...studentsByName)
  const used = roster.as('roster')
  const schemes = db
    .select(shown(scheme))
    .from(scheme)
    .where(inArray(scheme.code, db.select({ code: used.scheme }).from(used)))
  const assessments = db
    .select()
    .from(assessment)
    .where(eq(assessment.section_id, sectionId))
    .orderBy(asc(assessment.id))
  const categories = db.select().from(category).where(eq(category.section_id, sectionId)).orderBy(asc(category.id))
  const scores = db
    .select(shown(score))
    .from(score)
    .innerJoin(assessment, eq(assessment.id, score.assessment_id))
    .where(
      and(eq(assessment.section_id, sectionId), studentId === undefined ? undefined : eq(score.student_id, studentId)),
    )
  const [[found], students, schemesUsed, groups, columns, given, attended] = await db.batch([
    sections,
    roster,
    schemes,
    categories,
    assessments,
    scores,
    countsOfSection(ctx, sectionId, studentId),
  ])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  const schemeOf = new Map(schemesUsed.map((one) => [one.code, one]))
  return {
    section: found,
    students: students.map(({ scheme: code, ...row }) => ({ ...row, scheme: schemeOf.get(code) })),
    categories: groups,
    assessments: columns,
    scores: given,
    attendance: Map.groupBy(attended, ({ student_id }) => student_id),
  }
}

/** By which scheme somebody is graded: that of the section, the course's program, the student's program, or the deployment. */
const schemeCode = ({ settings }: Context) =>
  sql<string>`coalesce(${section.grading_scheme}, ${schemeOfProgram(course.program_id)}, ${schemeOfProgram(student.program_id)},
    ${settings.DEFAULT_GRADING_SCHEME})`

const schemeOfProgram = (id: SQLiteColumn) =>
  sql`(select ${program.grading_scheme} from ${program} where ${program.id} = ${id})`

export type GradebookRows = Awaited<ReturnType<typeof findGradebook>>
