import { and, asc, eq, ne, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { countsQuery } from '#/grading/attendance/index.ts'
import { attendance } from '#/grading/attendance/table.ts'
import { course } from '#/catalog/course/table.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { holdsInForce } from '#/enrolling/hold/index.ts'
import { program } from '#/catalog/program/table.ts'
import { offering } from '#/grading/result/index.ts'
import { result } from '#/grading/result/table.ts'
import { teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { studentEntity, studentErrors } from '#/people/student/index.ts'
import { student } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'

/**
 * All that the record of a student is made of, in one round trip. Students find themselves and what is official; instructors their students,
 * and only what belongs to their own sections. Throws STUDENT_NOT_FOUND.
 */
export async function findRecord(ctx: Context, studentId: number) {
  const { db } = ctx
  const mine = (of: Record<'student_id' | 'section_id', SQLiteColumn>, more?: SQL) =>
    scope(ctx, {
      student: () => and(eq(of.student_id, ctx.actor.studentId ?? 0), more) as SQL,
      faculty: () => teaches(ctx, of.section_id),
    })
  const people = db
    .select({ student: shown(student), program: shown(program) })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .where(and(eq(student.id, studentId), studentEntity.visible!(ctx)))
  const enrollments = db
    .select({
      enrollment: { ...shown(enrollment), status: enrollment.standing },
      section: shown(section),
      course: shown(course),
      term: shown(term),
    })
    .from(enrollment)
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(enrollment.student_id, studentId), mine(enrollment)))
    .orderBy(asc(term.start_date), asc(term.id), asc(section.code), asc(section.id), asc(enrollment.id))
  const results = db
    .select({
      result: { ...shown(result), ...offering },
      section: shown(section),
      course: shown(course),
      term: shown(term),
    })
    .from(result)
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(result.student_id, studentId), mine(result, ne(result.state, 'draft'))))
    .orderBy(asc(term.start_date), asc(term.id), asc(section.code), asc(result.id))
  const counts = countsQuery(ctx, and(eq(attendance.student_id, studentId), mine(attendance)))
  const [[person], seats, taken, counted, holds] = await db.batch([
    people,
    enrollments,
    results,
    counts,
    holdsInForce(ctx, studentId),
  ])
  if (!person) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return { ...person, seats, taken, counted, holds }
}

export type RecordFacts = Awaited<ReturnType<typeof findRecord>>
