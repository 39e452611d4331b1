import { eq, sql } from 'drizzle-orm'
import { shown } from '#/platform/database/columns.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { byId, byNumber, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { ApiError } from '#/platform/errors.ts'
import type { AttendanceRule } from '#/catalog/course/index.ts'
import { course } from '#/catalog/course/table.ts'
import { user } from '#/access/identity/table.ts'
import { term } from '#/catalog/term/table.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { section, sectionInstructor, sectionMeeting, sectionTable } from './table.ts'
import { errors } from './errors.ts'

const fields = {
  ...shown(section),
  course_code: course.code,
  course_title: course.title,
  course_title_el: course.title_el,
  term_code: term.code,
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

export const sectionEntity = entity({
  name: 'section',
  table: sectionTable,
  rows,
  id: section.id,
  notFound: errors.SECTION_NOT_FOUND,
})

export const sectionList = list({
  rows,
  id: section.id,
  orderings: {
    id: section.id,
    course_code: course.code,
    term_code: term.code,
    capacity: section.capacity,
    created_at: section.created_at,
  },
  defaultOrdering: 'id',
  search: course.search_text,
  filters: {
    course_id: byId(section.course_id),
    term_id: byId(section.term_id),
    number: byText(section.number),
    capacity: byNumber(section.capacity),
    seats_taken: byNumber(section.seats_taken),
  },
})

/** A section with its instructors, in one round trip. Anybody's: it does not ask whether the caller is one of them. */
export async function findInstructedSection(ctx: Context, id: number) {
  const sections = sectionEntity.rows(ctx.db).where(eq(section.id, id))
  const [[found], instructors] = await ctx.db.batch([sections, instructorsQuery(ctx, id)])
  if (!found) throw new ApiError(errors.SECTION_NOT_FOUND, { id })
  return { section: found, instructors }
}

/** Students get the e-mails of those who teach them; the rest of the university is not theirs to write to. */
export const instructorsQuery = (ctx: Context, sectionId: number) =>
  ctx.db
    .select({ user_id: user.id, full_name: user.full_name, email: emailShown(ctx, sectionId) })
    .from(sectionInstructor)
    .innerJoin(user, eq(user.id, sectionInstructor.user_id))
    .where(eq(sectionInstructor.section_id, sectionId))
    .orderBy(user.sort_key, user.full_name, user.id)

const emailShown = (ctx: Context, sectionId: number) =>
  ctx.actor.role !== 'student'
    ? user.email
    : sql<string | null>`iif(exists (select 1 from ${enrollment} where ${enrollment.section_id} = ${sectionId}
        and ${enrollment.student_id} = ${ctx.actor.studentId}
        and ${enrollment.status} in ('enrolled', 'completed')), ${user.email}, null)`

export const findMeetings = (db: Database, sectionId: number) =>
  db
    .select({
      weekday: sectionMeeting.weekday,
      start: sectionMeeting.start,
      end: sectionMeeting.end,
      room: sectionMeeting.room,
    })
    .from(sectionMeeting)
    .where(eq(sectionMeeting.section_id, sectionId))
    .orderBy(sectionMeeting.weekday, sectionMeeting.start)

/** A section with its weekly meetings, in one round trip. */
export async function findMeetingSection(ctx: Context, id: number) {
  const sections = sectionEntity.rows(ctx.db).where(eq(section.id, id))
  const [[found], meetings] = await ctx.db.batch([sections, findMeetings(ctx.db, id)])
  if (!found) throw new ApiError(errors.SECTION_NOT_FOUND, { id })
  return { section: found, meetings }
}

/** Whether the caller teaches the section that `sectionId` names, as a predicate. */
export const teaches = (ctx: Context, sectionId: unknown) =>
  sql`exists (select 1 from ${sectionInstructor}
    where ${sectionInstructor.section_id} = ${sectionId} and ${sectionInstructor.user_id} = ${ctx.actor.id})`

/** What a section is worth. Triggers see to it that every section has a figure. */
export const offeredCredits = sql<number>`${section.credits}`.mapWith(section.credits).as('credits')

/** What an absence costs, and how attendance counts: kept from the first official result on, the course's before. */
export const offeredAbsencePenalty = sql<number>`coalesce(${section.absence_penalty}, ${course.absence_penalty})`
  .mapWith(course.absence_penalty)
  .as('absence_penalty')
export const offeredAttendanceRule =
  sql<AttendanceRule>`coalesce(${section.attendance_rule}, ${course.attendance_rule})`
    .mapWith(course.attendance_rule)
    .as('attendance_rule')

/** What names a section to people, for rows of areas above that belong to one. */
export const sectionNames = { course_code: course.code, term_code: term.code, section_number: section.number }
/** The same, for their `?search=`. */
export const sectionSearch = [course.search_text, sql`lower(${term.code})`, section.number] as const
