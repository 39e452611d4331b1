import { and, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { course } from '#/catalog/course/table.ts'
import { gradedIn, isMember } from '#/enrolling/seat/index.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { offeredAttendanceRule, sectionErrors, sectionNames, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName, studentsByName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { tallyOf } from './rules.ts'
import { attendance } from './table.ts'

type Db = Pick<Context, 'db'>

/** How many records of each status there are by student and section: what every figure of attendance is made of. */
export function countsQuery({ db }: Db, where: SQL | undefined) {
  const inside = sql<number>`${isMember(attendance)}`.as('inside')
  return db
    .select({
      student_id: attendance.student_id,
      section_id: attendance.section_id,
      status: attendance.status,
      inside,
      records: count(),
    })
    .from(attendance)
    .where(where)
    .groupBy(attendance.section_id, attendance.student_id, attendance.status, sql`inside`)
}

/** Those of one section, of one student or of all. */
export const countsOfSection = (ctx: Db, sectionId: number, studentId?: number) =>
  countsQuery(
    ctx,
    and(
      eq(attendance.section_id, sectionId),
      studentId === undefined ? undefined : eq(attendance.student_id, studentId),
    ),
  )

/** The section with the dates of its term, if the caller teaches it or may reach any. */
const taughtSection = (ctx: Context, sectionId: number) =>
  ctx.db
    .select({ id: section.id, start_date: term.start_date, end_date: term.end_date })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(section.id, sectionId), scope(ctx, { faculty: () => teaches(ctx, section.id) })))

/** Whoever has or had a seat in a section, with the days in it: a row for each seat, the newest last. */
const stays = ({ db }: Db, sectionId: number, studentId?: number) =>
  db
    .select({
      student_id: enrollment.student_id,
      member_from: enrollment.member_from,
      member_until: enrollment.member_until,
    })
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .where(
      and(
        eq(enrollment.section_id, sectionId),
        studentId === undefined ? undefined : eq(enrollment.student_id, studentId),
      ),
    )
    .orderBy(enrollment.id)

/** A section and the days of one student in it. Throws SECTION_NOT_FOUND when the caller does not keep the attendance of the section. */
export async function findPlace(ctx: Context, sectionId: number, studentId: number) {
  const [[found], seats] = await ctx.db.batch([taughtSection(ctx, sectionId), stays(ctx, sectionId, studentId)])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  return { section: found, seats }
}

/** What a roster is judged by: section, whoever has or had a seat, the records of that hour, whose results are official. One round trip. */
export async function findRoster(ctx: Context, sectionId: number, { date, period }: { date: string; period: number }) {
  const records = ctx.db
    .select({ student_id: attendance.student_id, status: attendance.status, note: attendance.note })
    .from(attendance)
    .where(and(eq(attendance.section_id, sectionId), eq(attendance.date, date), eq(attendance.period, period)))
  const [[found], seats, known, graded] = await ctx.db.batch([
    taughtSection(ctx, sectionId),
    stays(ctx, sectionId),
    records,
    gradedIn(ctx.db, sectionId),
  ])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  return { section: found, seats, known, official: new Set(graded.map(({ student_id }) => student_id)) }
}

/**
 * How often each student of a section was there, and by which rule that counts, in one round trip. One student is found as long as they ever had
 * a seat; the whole section is those who have one. Students find themselves only.
 */
export async function findTallies(ctx: Context, sectionId: number, studentId?: number) {
  const { db } = ctx
  const anything = () => sql`1`
  const sections = db
    .select({ section_id: section.id, ...sectionNames, rule: offeredAttendanceRule })
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(section.id, sectionId), scope(ctx, { faculty: () => teaches(ctx, section.id), student: anything })))
  const wanted =
    studentId === undefined ? inArray(enrollment.status, ['enrolled', 'completed']) : eq(student.id, studentId)
  const seats = db
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
  const [[found], seated, counted] = await db.batch([sections, seats, countsOfSection(ctx, sectionId, studentId)])
  if (!found) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: sectionId })
  const countsOf = Map.groupBy(counted, ({ student_id }) => student_id)
  const students = seated.map((one) => ({ ...one, tally: tallyOf(countsOf.get(one.id) ?? []) }))
  const { rule, ...named } = found
  return { named, rule, students }
}
