import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { shown } from '../../database/columns.ts'
import type { Database } from '../../database/connect.ts'
import { entity } from '../../database/entity.ts'
import { byId, byOneOf, byInstant } from '../../database/filters.ts'
import { list } from '../../database/list.ts'
import { scope } from '../../database/scope.ts'
import { requirementsOf } from '../course/index.ts'
import { course } from '../course/table.ts'
import { blocking, blockingAny } from '../hold/index.ts'
import { clashing, teaches } from '../section/index.ts'
import { section } from '../section/table.ts'
import { student } from '../student/table.ts'
import { term } from '../term/table.ts'
import { enrollment, enrollmentTable } from './table.ts'

const studentName = sql<string>`${student.last_name} || ' ' || ${student.first_name}`.as('student_name')

const fields = {
  ...shown(enrollment),
  student_number: student.student_number,
  student_name: studentName,
  section_number: section.number,
  course_code: course.code,
  course_id: course.id,
  course_title: course.title,
  term_id: term.id,
  term_code: term.code,
  drop_deadline: term.drop_deadline,
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

const visible = (ctx: Context) =>
  scope(ctx, {
    student: () => eq(enrollment.student_id, ctx.actor.studentId ?? 0),
    faculty: () => teaches(ctx, enrollment.section_id),
  })

export const enrollmentEntity = entity({
  name: 'enrollment',
  table: enrollmentTable,
  rows,
  id: enrollment.id,
  visible,
  notFound: 'ENROLLMENT_NOT_FOUND',
})

export const enrollmentList = list({
  rows,
  visible,
  id: enrollment.id,
  search: student.search_text,
  orderings: {
    id: enrollment.id,
    enrolled_at: enrollment.enrolled_at,
    student_number: student.student_number,
    course_code: course.code,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(enrollment.section_id),
    student_id: byId(enrollment.student_id),
    term_id: byId(term.id),
    course_id: byId(course.id),
    status: byOneOf(enrollment.status, ['enrolled', 'dropped', 'withdrawn', 'completed']),
    enrolled_at: byInstant(enrollment.enrolled_at),
  },
})

/** The same for many students of one section, in one round trip. */
export async function findBulkFacts(ctx: Context, sectionId: number, studentIds: readonly number[]) {
  const ids = sql`(select value from json_each(${JSON.stringify(studentIds)}))`
  const sections = ctx.db
    .select({ section: shown(section), term: shown(term) })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(eq(section.id, sectionId))
  const students = ctx.db
    .select({ id: student.id, status: student.status })
    .from(student)
    .where(sql`${student.id} in ${ids}`)
  const seats = ctx.db
    .select({ student_id: enrollment.student_id })
    .from(enrollment)
    .where(and(eq(enrollment.section_id, sectionId), eq(enrollment.status, 'enrolled')))
  const [[place], people, seated, holds, clashes, requirements] = await ctx.db.batch([
    sections,
    students,
    seats,
    blockingAny(ctx, ids, 'enrollment'),
    clashing(ctx, sectionId, ids),
    requirementsOf(ctx, sectionId, ids),
  ])
  return { place, people, seated, holds, clashes, requirements }
}

/** What the decision to enroll is made of, in one round trip. A student who may act only for themself finds nobody else. */
export async function findEnrollmentFacts(ctx: Context, sectionId: number, studentId: number) {
  const sections = ctx.db
    .select({ section: shown(section), term: shown(term) })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(eq(section.id, sectionId))
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const students = ctx.db
    .select({ id: student.id, status: student.status })
    .from(student)
    .where(and(eq(student.id, studentId), own))
  const seats = ctx.db
    .select({ id: enrollment.id })
    .from(enrollment)
    .where(
      and(
        eq(enrollment.section_id, sectionId),
        eq(enrollment.student_id, studentId),
        eq(enrollment.status, 'enrolled'),
      ),
    )
  const [[place], [person], [seat], holds, clashes, requirements] = await ctx.db.batch([
    sections,
    students,
    seats,
    blocking(ctx, studentId, 'enrollment'),
    clashing(ctx, sectionId, sql`(${studentId})`),
    requirementsOf(ctx, sectionId, sql`(${studentId})`),
  ])
  return { place, person, seat, holds, clashes, requirements }
}
