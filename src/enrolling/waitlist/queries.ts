import { searchable } from '#/platform/text/search.ts'
import { and, count, eq, isNull, lte, sql } from 'drizzle-orm'
import { alias, QueryBuilder } from 'drizzle-orm/sqlite-core'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { byId, byInstant } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { course } from '#/catalog/course/table.ts'
import { sectionEntity, sectionSearch, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { presentEntry } from './rules.ts'
import { waitlistEntry, waitlistTable } from '#/enrolling/seat/table.ts'
import { errors } from './errors.ts'

const ahead = alias(waitlistTable, 'ahead')
/** Who waits for the same section up to an entry, counted. */
const inFront = new QueryBuilder()
  .select({ count: count() })
  .from(ahead)
  .where(
    and(
      eq(ahead.section_id, waitlistEntry.section_id),
      isNull(ahead.enrollment_id),
      isNull(ahead.deleted_at),
      lte(ahead.id, waitlistEntry.id),
    ),
  )

const fields = {
  ...shown(waitlistEntry),
  position: sql<number>`(${inFront})`.as('position'),
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  section_number: section.number,
  course_code: course.code,
  term_code: term.code,
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(waitlistEntry)
    .innerJoin(student, eq(student.id, waitlistEntry.student_id))
    .innerJoin(section, eq(section.id, waitlistEntry.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

/** Entries that led to a seat are history; the enrollment tells the rest. */
const visible = (ctx: Context) =>
  and(
    isNull(waitlistEntry.enrollment_id),
    scope(ctx, {
      student: () => eq(waitlistEntry.student_id, ctx.actor.studentId ?? 0),
      faculty: () => teaches(ctx, waitlistEntry.section_id),
    }),
  )

export const waitlistEntity = entity({
  name: 'waitlist_entry',
  table: waitlistTable,
  rows,
  id: waitlistEntry.id,
  visible,
  notFound: errors.WAITLIST_ENTRY_NOT_FOUND,
})

export const waitlistList = list({
  rows,
  visible,
  id: waitlistEntry.id,
  search: searchable(student.search_text, sectionSearch),
  codes: searchable(student.number_key, course.code_key, term.code_key),
  texts: [waitlistEntry.id, waitlistEntry.student_id, waitlistEntry.section_id, section.number, course.code, term.code],
  orderings: { id: waitlistEntry.id, student_name: byStudentName },
  defaultOrdering: 'id',
  filters: { student_id: byId(waitlistEntry.student_id), created_at: byInstant(waitlistEntry.created_at) },
})

/** Who waits for a section, the first in front. Throws SECTION_NOT_FOUND. */
export async function pageOfWaitlist(ctx: Context, sectionId: number, query: z.output<typeof waitlistList.query>) {
  const page = await waitlistList.page(ctx, query, eq(waitlistEntry.section_id, sectionId))
  if (page.items.length === 0) await find(ctx, sectionEntity, sectionId)
  return { ...page, items: page.items.map((entry) => presentEntry(ctx, entry)) }
}
