import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { endingMembership, openSeat } from '#/enrolling/seat/index.ts'
import { enrollment, enrollmentTable } from '#/enrolling/seat/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { awayStates } from '#/people/student/index.ts'
import { student } from '#/people/student/table.ts'
import { course } from '#/catalog/course/table.ts'
import { term } from '#/catalog/term/table.ts'

/** Seats of a student in open terms whose results are still to come, as a refusal lists them. */
export const findOpenSeats = ({ db }: Pick<Context, 'db'>, studentId: number) =>
  db
    .select({
      enrollment_id: openSeat.id,
      section_id: openSeat.section_id,
      section_number: section.number,
      course_code: course.code,
      term_code: term.code,
    })
    .from(openSeat)
    .innerJoin(section, eq(section.id, openSeat.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(eq(openSeat.student_id, studentId))
    .orderBy(openSeat.id)

/** What becomes of an open seat today: SQL beside `open_seat`. */
export const endToday = (ctx: Pick<Context, 'now' | 'settings'>) =>
  sql`iif(${openSeat.drop_deadline} < ${localDate(ctx)}, 'withdrawn', 'dropped')`

/** Ends the open seats of these students (what follows the word `in`), by the day: dropped until the drop deadline, then withdrawn. */
export const endingSeats = (ctx: Pick<Context, 'db' | 'now' | 'settings'>, students: SQL) =>
  ctx.db
    .update(enrollmentTable)
    .set({
      status: sql`(select ${endToday(ctx)} from ${openSeat} where ${openSeat.id} = ${enrollmentTable.id})`,
      end_reason: 'left',
      ended_at: ctx.now,
      ...endingMembership(ctx),
      updated_at: ctx.now,
      version: sql`${enrollmentTable.version} + 1`,
    })
    .where(
      sql`${enrollmentTable.id} in (select ${openSeat.id} from ${openSeat} where ${openSeat.student_id} in ${students})`,
    )

/** These seats as they have ended. */
export const endedSeats = ({ db }: Pick<Context, 'db'>, ids: readonly number[]) =>
  db
    .select({
      enrollment_id: enrollment.id,
      section_id: enrollment.section_id,
      section_number: section.number,
      course_code: course.code,
      status: enrollment.status,
    })
    .from(enrollment)
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .where(and(inArray(enrollment.id, sql`(select value from json_each(${JSON.stringify(ids)}))`)))
    .orderBy(enrollment.id)

/** Students whose status a file changes so that they leave: what follows the word `in`. */
export const leaversIn = (changed: SQL) =>
  sql`(select ${student.id} from ${changed} changed join ${student} on ${student.id} = changed.target_id
    where changed.content ->> '$.status' in ${awayStates} and ${student.status} not in ${awayStates})`
