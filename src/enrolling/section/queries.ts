import { eq, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { shown } from '#/platform/database/columns.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { asks, fits, there, unarchived, unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { beside, byId, byIdentifier, byMe, byNumber } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { textOf } from '#/platform/database/list/text-of.ts'
import { searchable } from '#/platform/text/search.ts'
import { ApiError } from '#/platform/errors.ts'
import { type AttendanceRule, courseErrors } from '#/catalog/course/index.ts'
import { course } from '#/catalog/course/table.ts'
import { meansNoScheme } from '#/catalog/scheme/index.ts'
import { user } from '#/access/identity/table.ts'
import { term } from '#/catalog/term/table.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { section, sectionInstructor, sectionMeeting, sectionTable } from './table.ts'
import { errors } from './errors.ts'

/** Who teaches a section, as a dictionary orders them: within the row, so that a page of sections is one query. Without e-mails. */
const instructors = sql<
  { user_id: number; full_name: string }[]
>`(select json_group_array(json_object('user_id', ${user.id}, 'full_name', ${user.full_name})
    order by ${user.sort_key}, ${user.full_name}, ${user.id})
  from ${sectionInstructor} join ${user} on ${user.id} = ${sectionInstructor.user_id}
  where ${sectionInstructor.section_id} = ${section.id})`.mapWith(JSON.parse)

/** `instructor_id=` and `taught_by=me`, for a list whose rows are of the section that a column names. */
export function teacherFilters(sectionId: SQLiteColumn) {
  const taughtBy = (condition: SQL) =>
    sql`${sectionId} in (select ${sectionInstructor.section_id} from ${sectionInstructor} where ${condition})`
  return {
    instructor_id: beside(byId(sectionInstructor.user_id), taughtBy),
    taught_by: beside(byMe(sectionInstructor.user_id), taughtBy),
  }
}

/** The names of those who teach a section, as search compares them. */
const names = sql`(select group_concat(${user.search_text}, ' ') from ${sectionInstructor}
  join ${user} on ${user.id} = ${sectionInstructor.user_id} where ${sectionInstructor.section_id} = ${section.id})`

const fields = {
  ...shown(section),
  instructors: instructors.as('instructors'),
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
  findable: ({ code, title, title_el, number, grading_scheme }) => [code, title, title_el, number, grading_scheme],
  identifier: 'number',
  apartIn: { columns: ['course_id', 'term_id'], taken: errors.SECTION_NUMBER_TAKEN },
  rules: [
    there(errors.SECTION_COURSE_NOT_FOUND, 'course_id', course.id, course),
    unarchived(courseErrors.COURSE_ARCHIVED, 'course_id', course, course),
    there(errors.SECTION_TERM_NOT_FOUND, 'term_id', term.id, term),
    asks(errors.SECTION_SCHEME_NOT_FOUND, ['grading_scheme'], ({ grading_scheme: code }) => meansNoScheme(code)),
    unlikeIdentifier(errors.SECTION_NUMBER_TAKEN, section, 'number', section.course_id, section.term_id),
    fits(
      errors.SECTION_CAPACITY_BELOW_SEATS,
      ['capacity', 'seats_taken'],
      ({ capacity, seats_taken }) => (capacity as number) < (seats_taken as number),
    ),
  ],
})

/** What rows are found by that belong to a section, joined with its course and term. */
export const sectionSearch = searchable(course.search_text, section.search_text, term.search_text)

export const sectionList = list({
  rows,
  id: section.id,
  counted: { table: 'section' },
  orderings: {
    id: section.id,
    course_code: course.code,
    term_code: term.code,
    capacity: section.capacity,
    created_at: section.created_at,
  },
  defaultOrdering: 'id',
  codes: sql`(${course.code_key} || ' ' || ${term.code_key})`,
  search: searchable(sectionSearch, names),
  texts: [
    section.id,
    section.course_id,
    section.term_id,
    section.number,
    section.code,
    section.grading_scheme,
    course.code,
    term.code,
  ],
  filters: {
    course_id: byId(section.course_id),
    term_id: byId(section.term_id),
    ...teacherFilters(section.id),
    number: byIdentifier(section.number, section.number_key),
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

/** The ids of accounts that may teach. */
export const staff = sql`(select ${user.id} from ${user} where ${user.is_active} and ${user.role} <> 'student')`

/** Of an entry `value` that repeats what staff are shown of an instructor of the section: that it says something else. */
export const notAsShown = (sectionId: number) =>
  sql`not exists (select 1 from ${sectionInstructor} join ${user} on ${user.id} = ${sectionInstructor.user_id}
    where ${sectionInstructor.section_id} = ${sectionId} and ${user.id} = value ->> 'user_id'
    and iif(value ->> 'name' = 'email', ${user.email}, ${user.full_name}) is value ->> 'said')`

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

/** The code of the term of a section, for a query of sections alone. */
export const termCode = textOf(section.term_id, term, term.code).as('term_code')

/** What names a section to people, for rows of areas above that belong to one. */
export const sectionNames = { course_code: course.code, term_code: term.code, section_number: section.number }
/** The same, for their `?search=`, beside `sectionSearch`. */
export const sectionTexts = [section.id, section.number, course.code, term.code] as const
