import { searchable } from '#/platform/text/search.ts'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { find } from '#/platform/database/write/entity.ts'
import { byId, byInstant } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { course, courseRequirement, courseTable } from '#/catalog/course/table.ts'
import { enrollment, isSeat } from '#/enrolling/seat/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { result } from '#/grading/result/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { termTable } from '#/catalog/term/table.ts'
import { termEntity } from '#/catalog/term/index.ts'

const wanted = courseRequirement
const sameGroup = alias(courseRequirement, 'same_group')
/** By a pass in any of the group. */
const isMet = sql`exists (
  select 1 from ${courseRequirement} ${sameGroup}
  join ${sectionTable} on ${sectionTable.course_id} = ${sameGroup.required_course_id}
  join ${result} on ${result.section_id} = ${sectionTable.id} and ${result.student_id} = ${enrollment.student_id}
  where ${sameGroup.course_id} = ${wanted.course_id} and ${sameGroup.kind} = ${wanted.kind}
    and ${sameGroup.group_number} = ${wanted.group_number} and ${result.state} <> 'draft' and ${result.outcome} = 'pass'
    and ${result.percentage} >= coalesce(${sameGroup.minimum_percentage}, 0)
)`

const earlier = alias(termTable, 'earlier')
/**
 * Codes of the prerequisites of earlier terms whose official result came after this seat was given and is not enough. A group that is met
 * by now, by another course or attempt, is left out.
 */
const failed = sql<string | null>`(
  select group_concat(distinct ${courseTable.code}) from ${wanted}
  join ${courseTable} on ${courseTable.id} = ${wanted.required_course_id}
  join ${sectionTable} on ${sectionTable.course_id} = ${wanted.required_course_id}
  join ${termTable} ${earlier} on ${earlier.id} = ${sectionTable.term_id}
    and ${earlier.start_date} < (select ${termTable.start_date} from ${termTable} where ${termTable.id} = ${section.term_id})
  join ${result} on ${result.section_id} = ${sectionTable.id} and ${result.student_id} = ${enrollment.student_id}
    and ${result.published_at} > ${enrollment.enrolled_at}
  where ${wanted.course_id} = ${section.course_id} and ${wanted.kind} = 'prerequisite' and not ${isMet}
)`

const fields = {
  id: enrollment.id,
  student_id: enrollment.student_id,
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  section_id: enrollment.section_id,
  section_number: section.number,
  course_code: course.code,
  course_title: course.title,
  enrolled_at: enrollment.enrolled_at,
  failed_prerequisites: failed.as('failed_prerequisites'),
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .$dynamic()

const seats = list({
  rows,
  id: enrollment.id,
  search: searchable(student.search_text, course.search_text, section.search_text),
  codes: searchable(student.number_key, course.code_key),
  texts: [
    enrollment.id,
    enrollment.student_id,
    enrollment.section_id,
    section.number,
    course.code,
    course.title,
    failed,
  ],
  orderings: {
    id: enrollment.id,
    student_number: student.student_number,
    student_name: byStudentName,
    course_code: course.code,
    enrolled_at: enrollment.enrolled_at,
  },
  defaultOrdering: 'student_number',
  filters: {
    student_id: byId(enrollment.student_id),
    section_id: byId(enrollment.section_id),
    course_id: byId(section.course_id),
    enrolled_at: byInstant(enrollment.enrolled_at),
  },
})

export const registrationAuditQuery = seats.query

/** Who keeps a seat in the term although a prerequisite that was in progress has not been passed. Throws TERM_NOT_FOUND. */
export async function auditRegistration(ctx: Context, termId: number, query: z.output<typeof seats.query>) {
  const inDoubt = and(eq(section.term_id, termId), isSeat(enrollment.status), isNotNull(failed))
  const page = await seats.page(ctx, query, inDoubt)
  if (page.items.length === 0) await find(ctx, termEntity, termId)
  return page as typeof page & { items: { failed_prerequisites: string }[] }
}
