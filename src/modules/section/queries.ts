import { eq, type SQL, sql } from 'drizzle-orm'
import { shown } from '../../database/columns.ts'
import type { Context } from '../../context.ts'
import type { Database } from '../../database/connect.ts'
import { entity } from '../../database/entity.ts'
import { byId, byNumber, byText } from '../../database/filters.ts'
import { list } from '../../database/list.ts'
import { ApiError } from '../../errors.ts'
import { course } from '../course/table.ts'
import { user } from '../identity/table.ts'
import { term } from '../term/table.ts'
import { section, sectionInstructor, sectionMeeting, sectionTable } from './table.ts'

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
  notFound: 'SECTION_NOT_FOUND',
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

/** A section with its instructors, in one round trip. */
export async function findTaughtSection(ctx: Context, id: number) {
  const sections = sectionEntity.rows(ctx.db).where(eq(section.id, id))
  const [[found], instructors] = await ctx.db.batch([sections, findInstructors(ctx.db, id)])
  if (!found) throw new ApiError('SECTION_NOT_FOUND', { id })
  return { section: found, instructors }
}

export const findInstructors = (db: Database, sectionId: number) =>
  db
    .select({ user_id: user.id, full_name: user.full_name, email: user.email })
    .from(sectionInstructor)
    .innerJoin(user, eq(user.id, sectionInstructor.user_id))
    .where(eq(sectionInstructor.section_id, sectionId))
    .orderBy(user.full_name, user.id)

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
  if (!found) throw new ApiError('SECTION_NOT_FOUND', { id })
  return { section: found, meetings }
}

/**
 * Who of these students sits in another course of the same term that meets at the same time as this section, for the batch of a
 * decision; `students` is what follows the word `in`. Another section of the same course is no clash: a transfer leaves it.
 */
export const clashing = (ctx: Context, sectionId: number, students: SQL) =>
  ctx.db
    .selectDistinct({ student_id: sql<number>`e.student_id`.as('student_id'), course_code: course.code })
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(sql`live_enrollment e`, sql`e.section_id = ${section.id} and e.status = 'enrolled'`)
    .innerJoin(sql`live_section target`, sql`target.id = ${sectionId}`)
    .where(
      sql`e.student_id in ${students} and ${section.term_id} = target.term_id and ${section.course_id} <> target.course_id and exists (
        select 1 from section_meeting mine join section_meeting other on other.weekday = mine.weekday
        where mine.section_id = ${section.id} and other.section_id = target.id
          and mine.starts < other.ends and other.starts < mine.ends)`,
    )

/** Whether the caller teaches the section that `sectionId` names, as a predicate. */
export const teaches = (ctx: Context, sectionId: unknown) =>
  sql`exists (select 1 from section_instructor i where i.section_id = ${sectionId} and i.user_id = ${ctx.actor.id})`
