import { and, eq, exists, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { term, termTable } from '#/catalog/term/table.ts'
import { endingMembership, type Refusal } from '#/enrolling/seat/index.ts'
import { enrollment, enrollmentTable, waitlistEntry, waitlistTable } from '#/enrolling/seat/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import type { Context } from '#/platform/context.ts'

type Db = Pick<Context, 'db'>

/** Those who wait for a section, as a relation of section_id and student_id. */
export const waitingFor = ({ db }: Db, sectionId: number) =>
  db
    .select({ section_id: waitlistEntry.section_id, student_id: waitlistEntry.student_id })
    .from(waitlistEntry)
    .where(stillWaiting(sectionId))

const stillWaiting = (section: unknown) =>
  sql`${waitlistEntry.section_id} = ${section} and ${waitlistEntry.enrollment_id} is null`

/** Someone who may have a seat, with the overrides that it takes. */
interface Eligible {
  id: number
  overrides: readonly number[]
}

/**
 * Who of these gets a seat at this moment: those who still wait, the first in front, as many as there are seats in an open term. A relation of
 * section_id, student_id, id and overrides (JSON).
 */
export const firstInLine = (sectionId: number, eligible: readonly Eligible[], pending = sql`0`) =>
  sql`(select ${waitlistEntry.section_id}, ${waitlistEntry.student_id}, ${waitlistEntry.id}, e.value ->> 1 as overrides
    from json_each(${JSON.stringify(eligible.map(({ id, overrides }) => [id, overrides]))}) e
    join ${waitlistEntry} on ${waitlistEntry.id} = e.value ->> 0
    where ${waitlistEntry.enrollment_id} is null
    order by ${waitlistEntry.id}
    limit (select iif(${termTable.status} = 'open', ${sectionTable.capacity} - ${sectionTable.seats_taken} + ${pending}, 0)
      from ${sectionTable} join ${termTable} on ${termTable.id} = ${sectionTable.term_id}
      where ${sectionTable.id} = ${sectionId}))`

/** Ends the seats in other sections of the course that those of a line give up for their new one. */
export const leavingFor = (ctx: Pick<Context, 'db' | 'now' | 'settings'>, sectionId: number, line: SQL) =>
  ctx.db
    .update(enrollmentTable)
    .set({
      status: 'dropped',
      end_reason: 'transferred',
      ended_at: ctx.now,
      ...endingMembership(ctx),
      updated_at: ctx.now,
      version: sql`${enrollmentTable.version} + 1`,
    })
    .where(
      sql`${enrollmentTable.id} in (
        select ${enrollment.id} from ${line} line join ${enrollment} on ${enrollment.student_id} = line.student_id
        join ${section} on ${section.id} = ${sectionId} and ${section.course_id} = ${enrollment.course_id} and ${section.term_id} = ${enrollment.term_id}
        where ${enrollment.section_id} <> ${sectionId} and ${enrollment.status} = 'enrolled')`,
    )

/** How many of a line sit in another section, whose seats they give up. */
export const seatsLeft = (line: SQL, sectionId: number) =>
  sql`(select count(*) from ${line} line join ${enrollment} on ${enrollment.student_id} = line.student_id
    where ${enrollment.section_id} = ${sectionId} and ${enrollment.status} = 'enrolled')`

/** Such lines in an audit row: `promoted`; empty when there is nobody. */
export const namesOf = (lines: readonly SQL[]) =>
  sql`coalesce((select json_object('promoted', json_object('new', json_group_array(
    json_object('waitlist_entry_id', id, 'student_id', student_id, 'overrides', json(overrides)))))
    from (${sql.join(
      lines.map((line) => sql`select * from ${line}`),
      sql` union all `,
    )}) having count(*) > 0), '{}')`

/** That no seat stays free for somebody who joined after the last one known. */
export const noNewcomer = (sectionId: number, lastKnown: number) =>
  sql`not exists (select 1 from ${waitlistEntry} join ${sectionTable} on ${sectionTable.id} = ${waitlistEntry.section_id}
    where ${stillWaiting(sectionId)} and ${waitlistEntry.id} > ${lastKnown} and ${hasSeat})`

const hasSeat = lt(sectionTable.seats_taken, sectionTable.capacity)

/** Each takes about twenty queries, and an invocation has a thousand, for the jobs beside this one, too. */
const perRun = 35

/** Sections that have both a free seat and somebody who waits; any, when there are too many for one run. */
export const findPromotable = ({ db }: Db) =>
  db
    .select({ id: section.id })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(
      and(
        lt(section.seats_taken, section.capacity),
        eq(term.status, 'open'),
        exists(db.select(one).from(waitlistEntry).where(stillWaiting(section.id))),
      ),
    )
    .orderBy(sql`random()`)
    .limit(perRun)

const one = { one: sql`1`.as('one') }

/** Touches a section as long as it has a free seat. */
export const touchWithSeat = (ctx: Pick<Context, 'db' | 'now'>, sectionId: number) =>
  ctx.db
    .update(sectionTable)
    .set({ updated_at: ctx.now })
    .where(and(eq(sectionTable.id, sectionId), hasSeat))

const behind = alias(waitlistTable, 'behind')

/** Leaves with those whom a seat passed by, when that was and what stood in the way. */
export function skipping(
  { db, now }: Pick<Context, 'db' | 'now'>,
  sectionId: number,
  others: readonly { id: number; refusals: readonly Refusal[] }[],
  eligible: readonly Eligible[],
) {
  const reasons = JSON.stringify(
    others.map(({ id, refusals: [first] }) => [id, { code: first!.error.code, params: first!.params }]),
  )
  const ids = JSON.stringify(eligible.map(({ id }) => id))
  const seatLeft = db
    .select(one)
    .from(sectionTable)
    .where(and(eq(sectionTable.id, sectionId), hasSeat))
  const passedBy = db
    .select(one)
    .from(behind)
    .where(
      and(
        gt(behind.id, waitlistTable.id),
        isNotNull(behind.enrollment_id),
        inArray(behind.id, sql`(select value from json_each(${ids}))`),
      ),
    )
  return db
    .update(waitlistTable)
    .set({
      skipped_at: now,
      skipped_reason: sql`(select value ->> 1 from json_each(${reasons}) where value ->> 0 = ${waitlistTable.id})`,
      version: sql`${waitlistTable.version} + 1`,
      updated_at: now,
    })
    .where(
      and(
        inArray(waitlistTable.id, sql`(select value ->> 0 from json_each(${reasons}))`),
        isNull(waitlistTable.enrollment_id),
        isNull(waitlistTable.deleted_at),
        or(exists(seatLeft), exists(passedBy)),
      ),
    )
}
