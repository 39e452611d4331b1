import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { assessment } from '#/grading/assessment/table.ts'
import { category } from '#/grading/category/table.ts'
import { countsOfSection } from '#/grading/attendance/index.ts'
import { course } from '#/catalog/course/table.ts'
import { gradedIn } from '#/enrolling/seat/index.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { term } from '#/catalog/term/table.ts'
import { program } from '#/catalog/program/table.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import {
  offeredAbsencePenalty,
  offeredAttendanceRule,
  offeredCredits,
  sectionErrors,
  sectionNames,
  teaches,
} from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName, studentsByName } from '#/people/student/table.ts'
import { result, resultBasis } from '#/grading/result/table.ts'
import { score } from './table.ts'

interface Wish {
  /** That of one student alone. */
  studentId?: number
  /** With what the database says that it is made of, student by student. */
  based?: boolean
}

/** Everything a gradebook is made of, in one round trip. Throws SECTION_NOT_FOUND when the caller may not see the section. */
export async function findGradebook(ctx: Context, sectionId: number, { studentId, based = false }: Wish = {}) {
  const { db } = ctx
  const own = scope(ctx, {
    faculty: () => teaches(ctx, section.id),
    student: () => sql`${studentId ?? null} = ${ctx.actor.studentId}`,
  })
  const one = (column: SQLiteColumn) => (studentId === undefined ? undefined : eq(column, studentId))
  const sections = db
    .select({
      id: section.id,
      absence_penalty: offeredAbsencePenalty,
      attendance_rule: offeredAttendanceRule,
      credits: offeredCredits,
      ...sectionNames,
    })
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
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
    .where(
      and(
        eq(enrollment.section_id, sectionId),
        inArray(enrollment.status, ['enrolled', 'completed']),
        one(enrollment.student_id),
      ),
    )
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
    .where(and(eq(assessment.section_id, sectionId), one(score.student_id)))
  const bases = db
    .select()
    .from(resultBasis)
    .where(based ? eq(resultBasis.section_id, sectionId) : sql`false`)
  const [[found], students, schemesUsed, groups, columns, given, attended, official, said] = await db.batch([
    sections,
    roster,
    schemes,
    categories,
    assessments,
    scores,
    countsOfSection(ctx, sectionId, studentId),
    gradedIn(db, sectionId),
    bases,
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
    /** Whose results are official: what they are made of is closed. */
    official,
    bases: new Map(said.map(({ student_id, basis }) => [student_id, basis])),
  }
}

/** By which scheme somebody is graded: that of the official result, else of the section, the course's program, the student's program, or the deployment. */
const schemeCode = ({ settings }: Context) =>
  sql<string>`coalesce(${schemeOfResult}, ${section.grading_scheme}, ${schemeOfProgram(course.program_id)}, ${schemeOfProgram(student.program_id)},
    ${settings.DEFAULT_GRADING_SCHEME})`

const schemeOfResult = sql`(select ${scheme.code} from ${result} join ${scheme} on ${scheme.id} = ${result.scheme_id}
  where ${result.section_id} = ${section.id} and ${result.student_id} = ${student.id} and ${result.state} <> 'draft')`

const schemeOfProgram = (id: SQLiteColumn) =>
  sql`(select ${program.grading_scheme} from ${program} where ${program.id} = ${id})`

export type GradebookRows = Awaited<ReturnType<typeof findGradebook>>
