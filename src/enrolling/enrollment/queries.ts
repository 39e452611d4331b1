import { searchable } from '#/platform/text/search.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { byId, byOneOf, byInstant } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { course } from '#/catalog/course/table.ts'
import { sectionSearch, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { ofDeletedSeat, section } from '#/enrolling/section/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { errors as seatErrors } from '#/enrolling/seat/errors.ts'
import { enrollment, enrollmentTable, gradedSeat } from '#/enrolling/seat/table.ts'
import { endReasons, enrollmentStates } from '#/platform/words.ts'

const fields = {
  ...shown(enrollment),
  status: enrollment.standing,
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  section_number: section.number,
  course_code: course.code,
  course_id: course.id,
  course_title: course.title,
  term_id: term.id,
  term_code: term.code,
  drop_deadline: term.drop_deadline,
  withdraw_deadline: term.withdraw_deadline,
  term_start: term.start_date,
  term_end: term.end_date,
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
  notFound: seatErrors.ENROLLMENT_NOT_FOUND,
})

export const readEnrollment = (ctx: Context, id: number) => find(ctx, enrollmentEntity, id)

export type EnrollmentRow = Awaited<ReturnType<typeof rows>>[number]

export const enrollmentList = list({
  rows,
  visible,
  id: enrollment.id,
  counted: { table: 'enrollment', unseen: ofDeletedSeat },
  search: searchable(student.search_text, sectionSearch),
  codes: searchable(student.number_key, course.code_key, term.code_key),
  texts: [
    enrollment.id,
    enrollment.section_id,
    enrollment.student_id,
    term.id,
    section.number,
    course.code,
    course.title,
    term.code,
    enrollment.status,
  ],
  orderings: {
    id: enrollment.id,
    enrolled_at: enrollment.enrolled_at,
    student_number: student.student_number,
    student_name: byStudentName,
    course_code: course.code,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(enrollment.section_id),
    ...teacherFilters(enrollment.section_id),
    student_id: byId(enrollment.student_id),
    term_id: byId(enrollment.term_id),
    course_id: byId(enrollment.course_id),
    status: byOneOf(enrollment.standing, enrollmentStates.words),
    end_reason: byOneOf(enrollment.end_reason, endReasons),
    enrolled_at: byInstant(enrollment.enrolled_at),
  },
})

/** Whether the result of a seat is official. One that was given up without a trace has none, whatever became of a later one. */
export async function isGraded({ db }: Context, { section_id, student_id, status }: EnrollmentRow) {
  if (status === 'dropped' || status === 'transferred') return false
  const of = and(eq(gradedSeat.section_id, section_id), eq(gradedSeat.student_id, student_id))
  return (await db.select().from(gradedSeat).where(of)).length > 0
}

/** The place of a deleted enrollment, as a relation of section_id and student_id. */
export const placeOfDeleted = ({ db }: Pick<Context, 'db'>, id: number) =>
  db
    .select({ section_id: enrollmentTable.section_id, student_id: enrollmentTable.student_id })
    .from(enrollmentTable)
    .where(and(eq(enrollmentTable.id, id), isNotNull(enrollmentTable.deleted_at)))

/** What a deleted enrollment would be again. */
export async function statusOfDeleted({ db }: Pick<Context, 'db'>, id: number) {
  const [found] = await db
    .select({ status: enrollmentTable.status })
    .from(enrollmentTable)
    .where(eq(enrollmentTable.id, id))
  return found?.status
}
