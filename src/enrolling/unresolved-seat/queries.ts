import { searchable } from '#/platform/text/search.ts'
import { and, count, eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { find } from '#/platform/database/write/entity.ts'
import { byId, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { course } from '#/catalog/course/table.ts'
import { termEntity } from '#/catalog/term/index.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { unresolvedReasons } from '#/platform/words.ts'
import { unresolvedSeat } from './table.ts'

const fields = {
  id: unresolvedSeat.id,
  section_id: unresolvedSeat.section_id,
  section_number: section.number,
  course_id: section.course_id,
  course_code: course.code,
  course_title: course.title,
  student_id: unresolvedSeat.student_id,
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  enrolled_at: enrollment.enrolled_at,
  why: unresolvedSeat.why,
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(unresolvedSeat)
    .innerJoin(enrollment, eq(enrollment.id, unresolvedSeat.id))
    .innerJoin(student, eq(student.id, unresolvedSeat.student_id))
    .innerJoin(section, eq(section.id, unresolvedSeat.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .$dynamic()

const seats = list({
  rows,
  id: unresolvedSeat.id,
  search: searchable(student.search_text, course.search_text, section.search_text),
  codes: searchable(student.number_key, course.code_key),
  texts: [
    unresolvedSeat.id,
    unresolvedSeat.section_id,
    unresolvedSeat.student_id,
    section.course_id,
    section.number,
    course.code,
    course.title,
  ],
  orderings: {
    id: unresolvedSeat.id,
    course_code: course.code,
    section_id: unresolvedSeat.section_id,
    student_number: student.student_number,
    student_name: byStudentName,
  },
  defaultOrdering: 'course_code,section_id,student_name',
  filters: {
    section_id: byId(unresolvedSeat.section_id),
    course_id: byId(section.course_id),
    student_id: byId(unresolvedSeat.student_id),
    why: byOneOf(unresolvedSeat.why, unresolvedReasons),
  },
})

export const unresolvedQuery = seats.query

/** The seats of a term that are still open. Throws TERM_NOT_FOUND. */
export async function listUnresolved(ctx: Context, termId: number, query: z.output<typeof seats.query>) {
  const page = await seats.page(ctx, query, eq(unresolvedSeat.term_id, termId))
  if (page.items.length === 0) await find(ctx, termEntity, termId)
  return page
}

/** How many there are, by the reason. */
export const unresolvedOf = ({ db }: Pick<Context, 'db'>, termId: number) =>
  db
    .select({ why: unresolvedSeat.why, number: count() })
    .from(unresolvedSeat)
    .where(eq(unresolvedSeat.term_id, termId))
    .groupBy(unresolvedSeat.why)

/** The seats of a term that have just been completed. */
const justCompleted = ({ now }: Pick<Context, 'now'>, termId: number) =>
  and(eq(enrollment.term_id, termId), eq(enrollment.end_reason, 'completed'), eq(enrollment.updated_at, now))!

export const completedNow = (ctx: Pick<Context, 'db' | 'now'>, termId: number) =>
  ctx.db.select({ number: count() }).from(enrollment).where(justCompleted(ctx, termId))

/** How many they are and in which sections, for an audit row. */
export const namesOfCompleted = (ctx: Pick<Context, 'now'>, termId: number) =>
  sql`(select json_object('completed', json_object('new', count(*)),
      'sections', json_object('new', json_group_array(distinct ${enrollment.section_id})))
    from ${enrollment} where ${justCompleted(ctx, termId)})`

/** All of them. */
export const sumOf = (counts: readonly { number: number }[]) => counts.reduce((sum, { number }) => sum + number, 0)
