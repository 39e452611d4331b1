import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/entity.ts'
import { byId, byOneOf, byInstant } from '#/platform/database/filters.ts'
import { list } from '#/platform/database/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { requirementsOf } from '#/catalog/course/index.ts'
import { course } from '#/catalog/course/table.ts'
import { blockingAny } from '#/enrolling/hold/index.ts'
import { overridesOf } from '#/enrolling/override/index.ts'
import { program } from '#/catalog/program/table.ts'
import { meetingsOf, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { waitlistEntry } from '#/enrolling/waitlist/table.ts'
import type { Place } from './judge.ts'
import { enrollment, enrollmentTable } from './table.ts'
import { errors } from './errors.ts'
import { enrollmentStates } from '#/platform/words.ts'

const fields = {
  ...shown(enrollment),
  student_number: student.student_number,
  student_name: studentName,
  section_number: section.number,
  course_code: course.code,
  course_id: course.id,
  course_title: course.title,
  term_id: term.id,
  term_code: term.code,
  drop_deadline: term.drop_deadline,
  withdraw_deadline: term.withdraw_deadline,
}

const rows = (db: Database) =>
  db
    .select(fields)
    .from(enrollment)
    .innerJoin(student, eq(student.id, enrollment.student_id))
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

const visible = (ctx: Context) =>
  scope(ctx, {
    student: () => eq(enrollment.student_id, ctx.actor.studentId ?? 0),
    faculty: () => teaches(ctx, enrollment.section_id),
  })

export const enrollmentEntity = entity({
  name: 'enrollment',
  table: enrollmentTable,
  rows,
  id: enrollment.id,
  visible,
  notFound: errors.ENROLLMENT_NOT_FOUND,
})

export const readEnrollment = (ctx: Context, id: number) => find(ctx, enrollmentEntity, id)

export type EnrollmentRow = Awaited<ReturnType<typeof rows>>[number]

export const enrollmentList = list({
  rows,
  visible,
  id: enrollment.id,
  search: student.search_text,
  orderings: {
    id: enrollment.id,
    enrolled_at: enrollment.enrolled_at,
    student_number: student.student_number,
    course_code: course.code,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(enrollment.section_id),
    student_id: byId(enrollment.student_id),
    term_id: byId(term.id),
    course_id: byId(course.id),
    status: byOneOf(enrollment.status, enrollmentStates.words),
    enrolled_at: byInstant(enrollment.enrolled_at),
  },
})

/** Pairs of section and student as a relation for `findEnrollmentFacts`. */
export const placesOf = (places: readonly Place[]) =>
  sql`(select distinct value ->> 'section_id' as section_id, value ->> 'student_id' as student_id
    from json_each(${JSON.stringify(places)}))`

/** The place of a deleted enrollment. */
export const placeOfDeleted = (id: number) =>
  sql`(select section_id, student_id from enrollment where id = ${id} and deleted_at is not null)`

/**
 * What decisions about the `wanted` places (a relation of section_id and student_id) are made of, in one round trip. A student who may
 * act only for themself finds nobody else.
 */
export async function findEnrollmentFacts(ctx: Context, wanted: SQL) {
  const ofSections = sql`(select section_id from ${wanted})`
  const ofStudents = sql`(select student_id from ${wanted})`
  const inTheirTerms = sql`${section.term_id} in (select term_id from section where id in ${ofSections})`
  const sections = ctx.db
    .select({
      id: section.id,
      course_id: section.course_id,
      course_code: course.code,
      credits: course.credits,
      capacity: section.capacity,
      seats_taken: section.seats_taken,
      waitlist_capacity: section.waitlist_capacity,
      waiting: sql<number>`(select count(*) from ${waitlistEntry}
        where ${waitlistEntry.section_id} = ${section.id} and ${waitlistEntry.enrollment_id} is null)`.as('waiting'),
      term: {
        id: term.id,
        code: term.code,
        status: term.status,
        enrollment_opens_at: term.enrollment_opens_at,
        enrollment_closes_at: term.enrollment_closes_at,
      },
    })
    .from(section)
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(sql`${section.id} in ${ofSections}`)
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const students = ctx.db
    .select({ id: student.id, status: student.status, credit_limit: program.credits_per_term })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .where(and(sql`${student.id} in ${ofStudents}`, own))
  const seats = ctx.db
    .select({
      student_id: enrollment.student_id,
      section_id: enrollment.section_id,
      course_id: section.course_id,
      course_code: course.code,
      credits: course.credits,
      term_id: section.term_id,
    })
    .from(enrollment)
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .where(and(eq(enrollment.status, 'enrolled'), sql`${enrollment.student_id} in ${ofStudents}`, inTheirTerms))
  const waiting = ctx.db
    .select({ id: waitlistEntry.id, section_id: waitlistEntry.section_id, student_id: waitlistEntry.student_id })
    .from(waitlistEntry)
    .where(
      and(
        isNull(waitlistEntry.enrollment_id),
        sql`(${waitlistEntry.section_id}, ${waitlistEntry.student_id}) in ${wanted}`,
      ),
    )
    .orderBy(waitlistEntry.id)
  const last = ctx.db.select({ id: sql<number>`coalesce(max(id), 0)`.as('id') }).from(enrollmentTable)
  const [known, people, taken, meetings, holds, requirements, overrides, queue, [newest]] = await ctx.db.batch([
    sections,
    students,
    seats,
    meetingsOf(ctx, ofSections, ofStudents),
    blockingAny(ctx, ofStudents, 'enrollment'),
    requirementsOf(ctx, wanted),
    overridesOf(ctx, ofStudents),
    waiting,
    last,
  ])
  const facts = { sections: known, students: people, seats: taken, meetings, holds, requirements, overrides }
  return { ...facts, waiting: queue, newest: newest!.id }
}

/**
 * That nobody of the `wanted` places has taken a seat elsewhere since the facts were read: hours and credits were judged without it.
 * `newest` is the last enrollment of then.
 */
export const noSeatElsewhere = (wanted: SQL, newest: number) =>
  sql`not exists (select 1 from live_enrollment e where e.id > ${newest} and e.status = 'enrolled'
    and e.student_id in (select student_id from ${wanted}) and (e.section_id, e.student_id) not in ${wanted})`

/** Gives a seat to each of these places (a relation of section_id and student_id), all at once. */
export const seating = (ctx: Context, places: SQL) =>
  ctx.db.insert(enrollmentTable).select(
    ctx.db
      .select({
        id: sql`null`.as('id'),
        section_id: sql`section_id`.as('section_id'),
        student_id: sql`student_id`.as('student_id'),
        status: sql`'enrolled'`.as('status'),
        enrolled_at: sql`${ctx.now}`.as('enrolled_at'),
        ended_at: sql`null`.as('ended_at'),
        version: sql`1`.as('version'),
        created_at: sql`${ctx.now}`.as('created_at'),
        updated_at: sql`${ctx.now}`.as('updated_at'),
        deleted_at: sql`null`.as('deleted_at'),
      })
      .from(places),
  )
