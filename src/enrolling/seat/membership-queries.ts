import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { section } from '#/enrolling/section/table.ts'
import { term } from '#/catalog/term/table.ts'
import { enrollment, enrollmentTable, rollCall } from './table.ts'

type Day = Pick<Context, 'now' | 'settings'>
/** An instant and the calendar date that it has where the institution is, as values or where those go. */
export type Moment = Record<'now' | 'today', string | SQL>

/** Since when somebody is in a section who enrolls now: since the term's start as long as the section took no roll, else since today. */
const memberSince = ({ today }: Moment, sectionId: SQLWrapper | number) =>
  sql`(select iif(exists (select 1 from ${rollCall} where ${rollCall.section_id} = ${section.id}), ${today}, ${term.start_date})
    from ${section} join ${term} on ${term.id} = ${section.term_id} where ${section.id} = ${sectionId})`

/** The same for a place in a batch that may have ended a seat in another section of the course for it: the days there are kept. */
export const memberSinceSwap = (moment: Moment, { section_id, student_id }: Record<'section_id' | 'student_id', SQL>) =>
  sql`coalesce((select ${enrollment.member_from} from ${enrollment}
    join ${section} on ${section.course_id} = ${enrollment.course_id} and ${section.term_id} = ${enrollment.term_id}
    where ${section.id} = ${section_id} and ${enrollment.student_id} = ${student_id}
      and ${enrollment.section_id} <> ${section.id} and ${enrollment.ended_at} = ${moment.now}), ${memberSince(moment, section_id)})`

/** What a seat that ends today has of these days; a day that the registry said before stays. */
export function endedMembership(day: Day, { member_from, member_until }: Days) {
  const today = localDate(day)
  return {
    member_from: member_from && earlier(member_from, today),
    member_until: earlier(member_until ?? today, today),
  }
}

interface Days {
  member_from: string | null
  member_until: string | null
}

const earlier = (one: string, other: string) => (one < other ? one : other)

/** The same for many rows. */
export const endingMembership = (day: Day) => ({
  member_from: sql`min(${enrollmentTable.member_from}, ${localDate(day)})`,
  member_until: sql`min(coalesce(${enrollmentTable.member_until}, ${localDate(day)}), ${localDate(day)})`,
})

/** Whether a day lies within a seat of the student in the section, as a predicate; all three name columns or are values. */
export const isMember = (row: Record<'section_id' | 'student_id' | 'date', SQLWrapper>) =>
  sql`exists (select 1 from ${enrollment} where ${enrollment.section_id} = ${row.section_id} and ${enrollment.student_id} = ${row.student_id}
    and ${row.date} between coalesce(${enrollment.member_from}, '') and coalesce(${enrollment.member_until}, '9999'))`
