import { and, count, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { byDate, byId, byNumber, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { gradedIn } from '#/enrolling/seat/index.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { teaches, sectionErrors } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName, studentsByName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { attendance, attendanceTable } from './table.ts'
import { errors } from './errors.ts'
import { attendanceStates } from '#/platform/words.ts'

const fields = shown(attendance)
const rows = (db: Database) => db.select(fields).from(attendance).$dynamic()

/** Faculty see the records of their sections, students their own. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, attendance.section_id),
    student: () => eq(attendance.student_id, ctx.actor.studentId ?? 0),
  })

export const attendanceEntity = entity({
  name: 'attendance',
  table: attendanceTable,
  rows,
  id: attendance.id,
  visible,
  restorable: (ctx) => scope(ctx, { faculty: () => teaches(ctx, attendanceTable.section_id) }),
  notFound: errors.ATTENDANCE_NOT_FOUND,
})

export const attendanceList = list({
  rows,
  visible,
  id: attendance.id,
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
    student_id: byId(attendance.student_id),
    date: byDate(attendance.date),
    period: byNumber(attendance.period),
    status: byOneOf(attendance.status, attendanceStates),
  },
})

/** The section with the dates of its term, if the caller teaches it or may reach any. */
const taughtSection = (ctx: Context, sectionId: number) =>
  ctx.db
    .select({ id: section.id, start_date: term.start_date, end_date: term.end_date })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(section.id, sectionId), scope(ctx, { faculty: () => teaches(ctx, section.id) })))

/** Throws SECTION_NOT_FOUND when the caller does not keep the attendance of the section. */
export async function findTaughtSection(ctx: Context, sectionId: number) {
  const [found] = await taughtSection(ctx, sectionId)
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  return found
}

/** What a roster is judged by: section, whoever has or had a seat, the records of that hour, whose results are official. One round trip. */
export async function findRoster(ctx: Context, sectionId: number, { date, period }: { date: string; period: number }) {
  const { db } = ctx
  const seats = db
    .select({ student_id: enrollment.student_id })
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .where(eq(enrollment.section_id, sectionId))
  const records = db
    .select({ student_id: attendance.student_id, status: attendance.status, note: attendance.note })
    .from(attendance)
    .where(and(eq(attendance.section_id, sectionId), eq(attendance.date, date), eq(attendance.period, period)))
  const [[found], seated, known, official] = await db.batch([
    taughtSection(ctx, sectionId),
    seats,
    records,
    gradedIn(db, sectionId),
  ])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  const ids = (rows: readonly { student_id: number }[]) => new Set(rows.map(({ student_id }) => student_id))
  return { section: found, students: ids(seated), known, official: ids(official) }
}

/**
 * How often each student of a section was there, in one round trip. One student is found as long as they ever had a seat; the whole
 * section is those who have one. Students find themselves only.
 */
export async function findTallies(ctx: Context, sectionId: number, studentId?: number) {
  const { db } = ctx
  const anything = () => sql`1`
  const sections = db
    .select({ id: section.id })
    .from(section)
    .where(and(eq(section.id, sectionId), scope(ctx, { faculty: () => teaches(ctx, section.id), student: anything })))
  const wanted =
    studentId === undefined ? inArray(enrollment.status, ['enrolled', 'completed']) : eq(student.id, studentId)
  const students = db
    .select({
      id: student.id,
      student_number: student.student_number,
      student_name: studentName,
    })
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .where(
      and(
        eq(enrollment.section_id, sectionId),
        wanted,
        scope(ctx, { faculty: anything, student: () => eq(student.id, ctx.actor.studentId ?? 0) }),
      ),
    )
    // Somebody who dropped and came back has two seats.
    .groupBy(student.id)
    .orderBy(...studentsByName)
  const counts = db
    .select({ student_id: attendance.student_id, status: attendance.status, records: count() })
    .from(attendance)
    .where(
      and(
        eq(attendance.section_id, sectionId),
        studentId === undefined ? undefined : eq(attendance.student_id, studentId),
      ),
    )
    .groupBy(attendance.student_id, attendance.status)
  const [[found], seated, counted] = await db.batch([sections, students, counts])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  const countsOf = Map.groupBy(counted, ({ student_id }) => student_id)
  return seated.map((one) => {
    const tally = { present: 0, absent: 0, late: 0, excused: 0 }
    for (const { status, records } of countsOf.get(one.id) ?? []) tally[status] = records
    return { ...one, tally }
  })
}
