import { and, eq, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { facts, wanted } from '#/platform/database/kept/facts.ts'
import type { Given } from '#/platform/database/kept/given.ts'
import { callerIn, scope, variantOf } from '#/platform/database/scope.ts'
import { course } from '#/catalog/course/table.ts'
import { program } from '#/catalog/program/table.ts'
import { term, termTable } from '#/catalog/term/table.ts'
import { blockingAny } from '#/enrolling/hold/index.ts'
import { overridesOf } from '#/enrolling/override/index.ts'
import { offeredCredits } from '#/enrolling/section/index.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { student } from '#/people/student/table.ts'
import { meetingsOf } from './meeting-queries.ts'
import { requirementsOf } from './requirement-queries.ts'
import { enrollment, enrollmentTable, gradedSeat, isSeat, waitlistEntry } from './table.ts'

/** What is known of the `wanted` places; `variant` is whose they may be: `any`, or the caller's own by the role. */
const factsOf = facts(({ db }, { now, today, self }: Given<'now' | 'today' | 'self'>, variant) => {
  const ofSections = sql`(select section_id from ${wanted})`
  const ofStudents = sql`(select student_id from ${wanted})`
  /** Those that have days in common with the terms of these sections are among them. */
  const inTheirDays = sql`${section.term_id} in (select ${term.id} from ${sectionTable} join ${termTable} on ${termTable.id} = ${sectionTable.term_id}
    join ${term} on ${term.start_date} <= ${termTable.end_date} and ${term.end_date} >= ${termTable.start_date}
    where ${sectionTable.id} in ${ofSections})`
  const sections = db
    .select({
      id: section.id,
      number: section.number,
      course_id: section.course_id,
      course_code: course.code,
      credits: offeredCredits,
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
  const own = scope(callerIn(variant), { student: () => sql`${student.id} = ${self}` })
  const students = db
    .select({ id: student.id, status: student.status, credit_limit: program.credits_per_term })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .where(and(sql`${student.id} in ${ofStudents}`, own))
  const seats = db
    .select({
      id: enrollment.id,
      status: enrollment.status,
      is_graded: sql<number>`exists (select 1 from ${gradedSeat}
        where ${gradedSeat.section_id} = ${enrollment.section_id} and ${gradedSeat.student_id} = ${enrollment.student_id})`.as(
        'is_graded',
      ),
      student_id: enrollment.student_id,
      section_id: enrollment.section_id,
      section_number: section.number,
      course_id: section.course_id,
      course_code: course.code,
      credits: offeredCredits,
      term_id: section.term_id,
    })
    .from(enrollment)
    .innerJoin(section, eq(section.id, enrollment.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .where(and(isSeat(enrollment.status), sql`${enrollment.student_id} in ${ofStudents}`, inTheirDays))
  const waiting = db
    .select({
      id: waitlistEntry.id,
      section_id: waitlistEntry.section_id,
      student_id: waitlistEntry.student_id,
      swap: waitlistEntry.swap,
    })
    .from(waitlistEntry)
    .where(
      and(
        isNull(waitlistEntry.enrollment_id),
        sql`(${waitlistEntry.section_id}, ${waitlistEntry.student_id}) in ${wanted}`,
      ),
    )
    .orderBy(waitlistEntry.id)
  const graded = db
    .select({ section_id: gradedSeat.section_id, student_id: gradedSeat.student_id })
    .from(gradedSeat)
    .where(sql`(${gradedSeat.section_id}, ${gradedSeat.student_id}) in ${wanted}`)
  const newest = db.select({ id: sql<number>`coalesce(max(${enrollmentTable.id}), 0)`.as('id') }).from(enrollmentTable)
  return {
    sections,
    students,
    seats,
    meetings: meetingsOf({ db }, wanted),
    holds: blockingAny({ db, today }, ofStudents, 'enrollment'),
    requirements: requirementsOf({ db }, wanted),
    overrides: overridesOf({ db, now }, ofStudents),
    waiting,
    graded,
    newest,
  }
})

/**
 * What decisions about the `places` (a relation of section_id and student_id) are made of, in one statement. A student who may act only for
 * themself finds nobody else.
 */
export async function findEnrollmentFacts(ctx: Context, places: SQLWrapper) {
  const values = { now: ctx.now, today: localDate(ctx), self: ctx.actor.studentId ?? 0 }
  const wanted = { columns: ['section_id', 'student_id'], of: places }
  const { newest, ...found } = await factsOf(ctx, values, { variant: variantOf(ctx), wanted })
  return { ...found, newest: newest[0]!.id }
}

/** Whose results of a section are official. */
export const gradedIn = (db: Database, sectionId: number) =>
  db.select({ student_id: gradedSeat.student_id }).from(gradedSeat).where(eq(gradedSeat.section_id, sectionId))
