import { and, eq, exists, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Given } from '#/platform/database/kept/given.ts'
import { kept } from '#/platform/database/kept/statement.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { asks, found } from '#/platform/database/rule/rule.ts'
import { scope } from '#/platform/database/scope.ts'
import { sectionEntity, sectionErrors, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { term } from '#/catalog/term/table.ts'
import { studentEntity } from '#/people/student/index.ts'
import { student } from '#/people/student/table.ts'
import type { Place } from './judge.ts'
import { noOtherMeetings, readMeetings } from './meeting-queries.ts'
import { memberSinceSwap, type Moment } from './membership-queries.ts'
import type { Meeting } from './rules.ts'
import { enrollment, enrollmentTable, isSeat } from './table.ts'

/** Pairs of section and student as a relation for `findEnrollmentFacts`. */
export const placesOf = (places: readonly Place[]) => placesIn(pairs(places))

const pairs = (places: readonly Place[]) =>
  JSON.stringify(places.map(({ section_id, student_id }) => ({ section_id, student_id })))

const placesIn = (json: string | SQL) =>
  sql`(select distinct value ->> 'section_id' as section_id, value ->> 'student_id' as student_id from json_each(${json}))`

interface Read {
  /** The last enrollment of then. */
  newest: number
  students: readonly { id: number; status: string }[]
  meetings: readonly Meeting[]
}

/**
 * Fails the batch with STALE_STATE when somebody of these places has taken a seat elsewhere since the facts were read, as hours and credits were
 * judged without it, when what they attend meets at another time, or when a student is not what they were: who leaves meanwhile gets no seat.
 */
export const expectAsRead = (ctx: Context, places: readonly Place[], { newest, students, meetings }: Read) =>
  asRead(ctx, {
    places: pairs(places),
    newest,
    students: JSON.stringify(students.map(({ id, status }) => [id, status])),
    meetings: readMeetings(meetings),
  })

const asRead = kept(
  (draft, { places, newest, students, meetings }: Given<'places' | 'newest' | 'students' | 'meetings'>) => {
    const wanted = placesIn(places)
    return expectThat(
      draft,
      sql`${noOtherMeetings(wanted, meetings)} and not exists (select 1 from json_each(${students}) then_
      join ${student} on ${student.id} = then_.value ->> 0
      where ${student.status} <> then_.value ->> 1 and ${student.id} in (select student_id from ${wanted}))
    and not exists (select 1 from ${enrollment} where ${enrollment.id} > ${newest} and ${isSeat(enrollment.status)}
      and ${enrollment.student_id} in (select student_id from ${wanted})
      and (${enrollment.section_id}, ${enrollment.student_id}) not in ${wanted})`,
    )
  },
)

/** Gives a seat to each of these places, all at once, since when they are members. */
export const seating = (ctx: Context, places: readonly Place[]) =>
  seatingAll(ctx, { places: pairs(places), now: ctx.now, today: localDate(ctx) })

const seatingAll = kept((draft, { places, now, today }: Given<'places' | 'now' | 'today'>) =>
  seatingFrom(draft, placesIn(places), { now, today }),
)

/** The same for those of a relation of section_id and student_id. */
export const seatingLine = (ctx: Context, line: SQL) => seatingFrom(ctx, line, { now: ctx.now, today: localDate(ctx) })

const seatingFrom = (ctx: Pick<Context, 'db'>, places: SQL, moment: Moment) =>
  insertFrom(
    ctx,
    enrollmentTable,
    {
      section_id: place.section_id,
      student_id: place.student_id,
      status: 'enrolled',
      enrolled_at: moment.now,
      created_at: moment.now,
      updated_at: moment.now,
      member_from: memberSinceSwap(moment, place),
    },
    sql`${places} place`,
  )

const place = { section_id: sql`place.section_id`, student_id: sql`place.student_id` }

/** What a body names for a seat: any section, and a student whom the caller may see. */
export const sectionThere = found(sectionEntity, 'section_id')
export const studentThere = found(studentEntity, 'student_id')

/** A section of those that the caller keeps. */
export const keptSection = asks(
  sectionErrors.SECTION_NOT_FOUND,
  ['section_id'],
  ({ section_id }, { ctx }) => sql`not ${keeps(ctx, section_id)}`,
)

/** Whether that is a section that the caller keeps, as a predicate. */
export const keeps = (ctx: Context, sectionId: unknown, is?: SQL) =>
  sql`exists (select 1 from ${section} join ${term} on ${term.id} = ${section.term_id}
    where ${and(eq(section.id, sectionId as number), scope(ctx, { faculty: () => teaches(ctx, section.id) }), is)})`

/** Whether the caller has a seat in the section that `sectionId` names, as a predicate. */
export const attends = ({ db, actor }: Context, sectionId: SQLWrapper) =>
  exists(
    db
      .select({ one: sql`1`.as('one') })
      .from(own)
      .where(
        sql`${own.section_id} = ${sectionId} and ${own.student_id} = ${actor.studentId} and ${isSeat(own.status)}
          and ${own.deleted_at} is null`,
      ),
  )

/** Whatever the query around it reads. */
const own = alias(enrollmentTable, 'own')

/** The students who have a seat in a section: what follows the word `in`. */
export const studentsOf = (sectionId: number | SQLiteColumn) =>
  sql`(select ${enrollment.student_id} from ${enrollment} where ${enrollment.section_id} = ${sectionId} and ${isSeat(enrollment.status)})`
