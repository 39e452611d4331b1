import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { term } from '#/catalog/term/table.ts'
import { section, sectionMeeting } from '#/enrolling/section/table.ts'
import type { Meeting } from './rules.ts'
import { enrollment, isSeat } from './table.ts'

/** The meetings of the sections of `wanted` places, and of those that their students sit in, for the batch of a decision. */
export const meetingsOf = ({ db }: Pick<Context, 'db'>, wanted: SQLWrapper) =>
  db
    .select({
      section_id: sectionMeeting.section_id,
      weekday: sectionMeeting.weekday,
      start: sectionMeeting.start,
      end: sectionMeeting.end,
      start_date: term.start_date,
      end_date: term.end_date,
    })
    .from(sectionMeeting)
    .innerJoin(section, sql`${section.id} = ${sectionMeeting.section_id}`)
    .innerJoin(term, sql`${term.id} = ${section.term_id}`)
    .where(concerns(wanted))

/** Meetings as `noOtherMeetings` takes them. */
export const readMeetings = (read: readonly Meeting[]): string =>
  JSON.stringify(read.map((one) => [one.section_id, one.weekday, one.start, one.end, one.start_date, one.end_date]))

/** That none of them is at another time, or on the days of another term, than when they were `read`. */
export const noOtherMeetings = (wanted: SQLWrapper, read: SQL) =>
  sql`not exists (select 1 from ${sectionMeeting}
    join ${section} on ${section.id} = ${sectionMeeting.section_id} join ${term} on ${term.id} = ${section.term_id}
    where (${concerns(wanted)})
      and (${section.id}, ${sectionMeeting.weekday}, ${sectionMeeting.start}, ${sectionMeeting.end}, ${term.start_date}, ${term.end_date}) not in (
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(${read})))`

const concerns = (wanted: SQLWrapper) =>
  sql`${sectionMeeting.section_id} in (select section_id from ${wanted}) or ${sectionMeeting.section_id} in (
    select ${enrollment.section_id} from ${enrollment}
    where ${isSeat(enrollment.status)} and ${enrollment.student_id} in (select student_id from ${wanted}))`
