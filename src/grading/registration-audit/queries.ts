import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { find } from '#/platform/database/entity.ts'
import { byId, byInstant } from '#/platform/database/filters.ts'
import { list } from '#/platform/database/list.ts'
import { course } from '#/catalog/course/table.ts'
import { enrollment } from '#/enrolling/enrollment/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName } from '#/people/student/table.ts'
import { termEntity } from '#/catalog/term/index.ts'

/**
 * Codes of the prerequisites of earlier terms whose official result came after this seat was given and is not enough. A group that is met
 * by now, by another course or attempt, is left out.
 */
const failed = sql<string | null>`(
  select group_concat(distinct c.code) from course_requirement q
  join course c on c.id = q.required_course_id
  join section s on s.course_id = q.required_course_id
  join term t on t.id = s.term_id and t.start_date < (select start_date from term where id = ${section.term_id})
  join live_result r on r.section_id = s.id and r.student_id = ${enrollment.student_id} and r.published_at > ${enrollment.enrolled_at}
  where q.course_id = ${section.course_id} and q.kind = 'prerequisite' and not exists (
    select 1 from course_requirement g
    join section gs on gs.course_id = g.required_course_id
    join live_result gr on gr.section_id = gs.id and gr.student_id = ${enrollment.student_id}
    where g.course_id = q.course_id and g.kind = q.kind and g.group_number = q.group_number and gr.state <> 'draft'
      and gr.outcome = 'pass' and gr.percentage >= coalesce(g.minimum_percentage, 0)
  )
)`

const fields = {
  id: enrollment.id,
  student_id: enrollment.student_id,
  student_number: student.student_number,
  student_name: studentName,
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
  search: student.search_text,
  orderings: {
    id: enrollment.id,
    student_number: student.student_number,
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
  const inDoubt = and(eq(section.term_id, termId), eq(enrollment.status, 'enrolled'), isNotNull(failed))
  const page = await seats.page(ctx, query, inDoubt)
  if (page.items.length === 0) await find(ctx, termEntity, termId)
  return page as typeof page & { items: { failed_prerequisites: string }[] }
}
