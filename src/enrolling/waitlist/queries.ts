import { and, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/entity.ts'
import { byId, byInstant } from '#/platform/database/filters.ts'
import { list } from '#/platform/database/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { course } from '#/catalog/course/table.ts'
import { sectionEntity, teaches } from '#/enrolling/section/index.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { presentEntry } from './rules.ts'
import { waitlistEntry, waitlistTable } from './table.ts'
import type { Refusal } from '#/enrolling/enrollment/index.ts'
import { errors } from './errors.ts'

const fields = {
  ...shown(waitlistEntry),
  position: sql<number>`(select count(*) from live_waitlist_entry w
    where w.section_id = ${waitlistEntry.section_id} and w.enrollment_id is null and w.id <= ${waitlistEntry.id})`.as(
    'position',
  ),
  student_number: student.student_number,
  student_name: studentName,
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
  search: student.search_text,
  orderings: { id: waitlistEntry.id },
  defaultOrdering: 'id',
  filters: { student_id: byId(waitlistEntry.student_id), created_at: byInstant(waitlistEntry.created_at) },
})

/** Who waits for a section, the first in front. Throws SECTION_NOT_FOUND. */
export async function pageOfWaitlist(ctx: Context, sectionId: number, query: z.output<typeof waitlistList.query>) {
  const page = await waitlistList.page(ctx, query, eq(waitlistEntry.section_id, sectionId))
  if (page.items.length === 0) await find(ctx, sectionEntity, sectionId)
  return { ...page, items: page.items.map((entry) => presentEntry(entry, ctx.language)) }
}

/** Those who wait for a section, as a relation of section_id and student_id. */
export const waitingFor = (sectionId: number) =>
  sql`(select section_id, student_id from live_waitlist_entry where section_id = ${sectionId} and enrollment_id is null)`

/** Someone who may have a seat, with the overrides that it takes. */
interface Eligible {
  id: number
  overrides: readonly number[]
}

/**
 * Who of these gets a seat at this moment: those who still wait, the first in front, as many as there are seats in an open term. A relation of
 * section_id, student_id, id and overrides (JSON).
 */
export const firstInLine = (sectionId: number, eligible: readonly Eligible[], pending = 0) =>
  sql`(select w.section_id, w.student_id, w.id, e.value ->> 1 as overrides
    from json_each(${JSON.stringify(eligible.map(({ id, overrides }) => [id, overrides]))}) e
    join live_waitlist_entry w on w.id = e.value ->> 0
    where w.enrollment_id is null
    order by w.id
    limit (select iif(t.status = 'open', s.capacity - s.seats_taken + ${pending}, 0)
      from section s join term t on t.id = s.term_id where s.id = ${sectionId}))`

/** The same as a line of an audit row: `promoted`; empty when there is nobody. */
export const namesOf = (line: SQL) =>
  sql`coalesce((select json_object('promoted', json_object('new', json_group_array(
    json_object('waitlist_entry_id', id, 'student_id', student_id, 'overrides', json(overrides)))))
    from ${line} having count(*) > 0), '{}')`

/** That no seat stays free for somebody who joined after the last one known. */
export const noNewcomer = (sectionId: number, lastKnown: number) =>
  sql`not exists (select 1 from live_waitlist_entry w join section s on s.id = w.section_id
    where w.section_id = ${sectionId} and w.enrollment_id is null and w.id > ${lastKnown} and s.seats_taken < s.capacity)`

/** Each takes about sixteen queries, and an invocation has a thousand, for the jobs beside this one, too. */
const perRun = 40

/** Sections that have both a free seat and somebody who waits; any, when there are too many for one run. */
export const findPromotable = (ctx: Context) =>
  ctx.db
    .select({ id: section.id })
    .from(section)
    .innerJoin(term, eq(term.id, section.term_id))
    .where(
      sql`${section.seats_taken} < ${section.capacity} and ${term.status} = 'open' and exists (
        select 1 from live_waitlist_entry w where w.section_id = ${section.id} and w.enrollment_id is null)`,
    )
    .orderBy(sql`random()`)
    .limit(perRun)

/** Touches a section as long as it has a free seat. */
export const touchWithSeat = (ctx: Context, sectionId: number) =>
  ctx.db
    .update(sectionTable)
    .set({ updated_at: ctx.now })
    .where(and(eq(sectionTable.id, sectionId), lt(sectionTable.seats_taken, sectionTable.capacity)))

/** Leaves with those whom a seat passed by, when that was and what stood in the way. */
export function skipping(
  ctx: Context,
  sectionId: number,
  others: readonly { id: number; refusals: readonly Refusal[] }[],
  eligible: readonly Eligible[],
) {
  const reasons = JSON.stringify(
    others.map(({ id, refusals: [first] }) => [id, { code: first!.error.code, params: first!.params }]),
  )
  const ids = JSON.stringify(eligible.map(({ id }) => id))
  return ctx.db
    .update(waitlistTable)
    .set({
      skipped_at: ctx.now,
      skipped_reason: sql`(select value ->> 1 from json_each(${reasons}) where value ->> 0 = waitlist_entry.id)`,
      version: sql`${waitlistTable.version} + 1`,
      updated_at: ctx.now,
    })
    .where(
      sql`waitlist_entry.id in (select value ->> 0 from json_each(${reasons}))
        and waitlist_entry.enrollment_id is null and waitlist_entry.deleted_at is null and (
          exists (select 1 from section where id = ${sectionId} and seats_taken < capacity)
          or exists (select 1 from waitlist_entry behind where behind.id > waitlist_entry.id and behind.enrollment_id is not null
            and behind.id in (select value from json_each(${ids})))
        )`,
    )
}
