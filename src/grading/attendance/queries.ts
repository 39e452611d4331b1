import { and, eq, ne, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { asks, fits, type Rule, stays } from '#/platform/database/rule/rule.ts'
import { byDate, byId, byNumber, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { searchable } from '#/platform/text/search.ts'
import { scope } from '#/platform/database/scope.ts'
import { user } from '#/access/identity/table.ts'
import { course } from '#/catalog/course/table.ts'
import { sectionSearch, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { keeps, keptSection } from '#/enrolling/seat/index.ts'
import { ofDeletedSeat, section } from '#/enrolling/section/table.ts'
import { student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { attendance, attendanceTable } from './table.ts'
import { errors } from './errors.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { attendanceStates } from '#/platform/words.ts'

const fields = {
  ...shown(attendance),
  student_number: student.student_number,
  student_name: studentName,
  section_number: section.number,
  course_id: section.course_id,
  course_code: course.code,
  course_title: course.title,
  term_code: term.code,
  recorded_by_name: user.full_name,
}
const rows = (db: Database) =>
  db
    .select(fields)
    .from(attendance)
    .innerJoin(student, eq(student.id, attendance.student_id))
    .innerJoin(section, eq(section.id, attendance.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .leftJoin(user, eq(user.id, attendance.recorded_by))
    .$dynamic()

/** Faculty see the records of their sections, students their own. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, attendance.section_id),
    student: () => eq(attendance.student_id, ctx.actor.studentId ?? 0),
  })

/** A day on which a section was taught: that of the body, or of the path. */
export const hourRules = (of: 'body' | 'path'): readonly Rule[] => [
  asks(errors.ATTENDANCE_OUTSIDE_TERM, of === 'body' ? ['date', 'section_id'] : ['date'], (row, { ctx, id }) =>
    keeps(
      ctx,
      of === 'body' ? row.section_id : id,
      sql`${row.date} not between ${term.start_date} and ${term.end_date}`,
    ),
  ),
  fits(errors.ATTENDANCE_IN_FUTURE, ['date'], ({ date }, { ctx }) => (date as string) > localDate(ctx)),
]

export const attendanceEntity = entity({
  name: 'attendance',
  table: attendanceTable,
  rows,
  id: attendance.id,
  visible,
  restorable: (ctx) => scope(ctx, { faculty: () => teaches(ctx, attendanceTable.section_id) }),
  notFound: errors.ATTENDANCE_NOT_FOUND,
  findable: ({ note }) => [note],
  rules: [
    asks(assessmentErrors.NOT_ENROLLED, ['student_id', 'section_id'], ({ student_id, section_id }, { ctx }) => {
      const seat = and(eq(enrollment.section_id, section.id), eq(enrollment.student_id, student_id as number))
      return keeps(ctx, section_id, sql`not exists (select 1 from ${enrollment} where ${seat})`)
    }),
    asks(errors.ATTENDANCE_EXISTS, ['date', 'period', 'student_id', 'section_id'], (row, { ctx, id }) => {
      const { section_id, student_id, date, period } = attendance
      const same = [section_id, student_id, date, period].map((column: SQLiteColumn) => eq(column, row[column.name]))
      return keeps(
        ctx,
        row.section_id,
        sql`exists (select 1 from ${attendance} where ${and(...same, ne(attendance.id, id))})`,
      )
    }),
    keptSection,
    stays(errors.ATTENDANCE_FIXED, 'section_id'),
    stays(errors.ATTENDANCE_FIXED, 'student_id'),
    asks(
      errors.ATTENDANCE_OUTSIDE_MEMBERSHIP,
      ['date', 'student_id', 'section_id'],
      ({ date, student_id, section_id }, { ctx }) => {
        const own = and(eq(enrollment.section_id, section.id), eq(enrollment.student_id, student_id as number))
        const isIn = sql`${date} between coalesce(${enrollment.member_from}, '') and coalesce(${enrollment.member_until}, '9999')`
        return keeps(ctx, section_id, sql`(select max(${isIn}) from ${enrollment} where ${own}) = 0`)
      },
    ),
    ...hourRules('body'),
  ],
})

export const attendanceList = list({
  rows,
  visible,
  id: attendance.id,
  counted: { table: 'attendance', unseen: ofDeletedSeat },
  search: searchable(student.search_text, sectionSearch, attendance.search_text, user.search_text),
  codes: searchable(student.number_key, course.code_key, term.code_key),
  texts: [
    attendance.id,
    attendance.section_id,
    attendance.student_id,
    course.id,
    term.id,
    section.number,
    course.code,
    term.code,
    user.full_name,
  ],
  orderings: {
    id: attendance.id,
    date: attendance.date,
    period: attendance.period,
    student_id: attendance.student_id,
    updated_at: attendance.updated_at,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(attendance.section_id),
    ...teacherFilters(attendance.section_id),
    course_id: byId(section.course_id),
    student_id: byId(attendance.student_id),
    date: byDate(attendance.date),
    period: byNumber(attendance.period),
    status: byOneOf(attendance.status, attendanceStates),
  },
})
