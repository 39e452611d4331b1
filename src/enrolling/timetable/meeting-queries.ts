import { type SQL, sql } from 'drizzle-orm'
import { term } from '#/catalog/term/table.ts'
import { section, sectionMeeting, sectionTable } from '#/enrolling/section/table.ts'
import { roomKey } from '#/enrolling/section/index.ts'
import type { Sought } from './queries.ts'

interface Meeting {
  weekday: number
  start: string
  end: string
  room: string | null
}

const timeOf = ({ weekday, start, end }: Meeting) => `${weekday} ${start} ${end}`
const keyOf = ({ room }: Meeting) => (room === null ? null : roomKey(room))
const placeOf = (meeting: Meeting) => `${timeOf(meeting)} ${keyOf(meeting)}`

/** Of the meetings that a section is to have, those at another time or in another room than before. */
export function ofMeetings(sectionId: number, before: readonly Meeting[], wanted: readonly Meeting[]): Sought {
  const [times, places] = [before.map(timeOf), before.map(placeOf)]
  const changed = wanted
    .filter((one) => !places.includes(placeOf(one)))
    .map((one) => [one.weekday, one.start, one.end, one.room, keyOf(one), times.includes(timeOf(one)) ? 0 : 1])
  return {
    meetings: sql`select ${section.id} as section_id, value ->> 0 as weekday, value ->> 1 as starts, value ->> 2 as ends, value ->> 3 as room,
      value ->> 4 as room_key, ${term.start_date} as start_date, ${term.end_date} as end_date, value ->> 5 as moved, 1 as rehoused
      from json_each(${JSON.stringify(changed)}) join ${section} on ${section.id} = ${sectionId} join ${term} on ${term.id} = ${section.term_id}`,
  }
}

/** The meetings of a section for those who are to teach it as well. */
export const ofInstructors = (sectionId: number, added: readonly number[]): Sought => ({
  meetings: meetingsOf(sql`${sectionMeeting.section_id} = ${sectionId} and ${term.id} = ${termOf(sectionId)}`),
  instructors: sql`${JSON.stringify(added)}`,
})

/** The meetings of a section in the days of another term; without one, of a deleted section that is to come back. */
export const ofSection = (sectionId: number, termId: number | SQL = termOf(sectionId)): Sought => ({
  meetings: meetingsOf(sql`${sectionMeeting.section_id} = ${sectionId} and ${term.id} = ${termId}`),
})

/** The meetings of all sections of a term, on other days than before. */
export const ofTerm = (of: Record<'term_id' | 'start' | 'end' | 'old_start' | 'old_end', SQL>): Sought => ({
  meetings: meetingsOf(
    sql`${term.id} = ${of.term_id} and ${sectionMeeting.section_id} in (select ${section.id} from ${section} where ${section.term_id} = ${of.term_id})`,
    of,
  ),
  dates: of,
})

const meetingsOf = (where: SQL, { start, end } = { start: sql`${term.start_date}`, end: sql`${term.end_date}` }) =>
  sql`select ${sectionMeeting.section_id} as section_id, ${sectionMeeting.weekday} as weekday, ${sectionMeeting.start} as starts,
    ${sectionMeeting.end} as ends, ${sectionMeeting.room} as room, ${sectionMeeting.room_key} as room_key, ${start} as start_date,
    ${end} as end_date, 1 as moved, 1 as rehoused from ${sectionMeeting} cross join ${term} where ${where}`

const termOf = (sectionId: number) =>
  sql`(select ${sectionTable.term_id} from ${sectionTable} where ${sectionTable.id} = ${sectionId})`
