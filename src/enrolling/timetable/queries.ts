import { type SQL, sql } from 'drizzle-orm'
import { user } from '#/access/identity/table.ts'
import { mostListed, mostNamed } from '#/catalog/clash/index.ts'
import { course, courseTable } from '#/catalog/course/table.ts'
import { term } from '#/catalog/term/table.ts'
import { enrollment, isSeat } from '#/enrolling/seat/table.ts'
import { section, sectionInstructor, sectionMeeting, sectionTable } from '#/enrolling/section/table.ts'
import type { Database } from '#/platform/database/connect.ts'
import type { clashKinds } from '#/platform/words.ts'

/** The dates that a term is to have, and those that it has had. */
export interface TermDates {
  term_id: SQL
  start: SQL
  end: SQL
  old_start: SQL
  old_end: SQL
}

/** What a write brings that may clash with what is there. */
export interface Sought {
  /**
   * Selects meetings as they will be: section_id, weekday, starts, ends, room, room_key, start_date and end_date of their term, and whether
   * the time (`moved`) and the room (`rehoused`) of each are others than before.
   */
  meetings: SQL
  /** Those who are to teach as well, as a JSON list, where only that changes. */
  instructors?: SQL
  /** A term whose dates change: clashes that were there before are not the doing of the write. */
  dates?: TermDates
}

/** The first day of that weekday on or after a day; a Sunday is 7 here and 0 to SQLite. */
const firstDay = (day: SQL) => sql`date(${day}, 'weekday ' || (own.weekday % 7))`

/** Pairs of meetings at one time that fall on a common day, each with that day: `pair`, and who or what is in both: `found`. */
function clashing({ meetings, instructors, dates }: Sought): SQL {
  const [starts, ends] = dates
    ? [
        sql`iif(${term.id} = ${dates.term_id}, ${dates.start}, ${term.start_date})`,
        sql`iif(${term.id} = ${dates.term_id}, ${dates.end}, ${term.end_date})`,
      ]
    : [sql`${term.start_date}`, sql`${term.end_date}`]
  return sql`own as materialized (${meetings}), pair as materialized (
      select row_number() over () as pair_id, own.section_id as of_section_id, ${section.id} as section_id, ${course.code} as course_code,
        ${firstDay(sql`max(own.start_date, ${starts})`)} as day, max(own.starts, ${sectionMeeting.start}) as from_time,
        min(own.ends, ${sectionMeeting.end}) as to_time, own.moved as moved,
        iif(own.rehoused and own.room_key = ${sectionMeeting.room_key}, own.room, null) as room
      from own cross join ${term} cross join ${section} cross join ${sectionMeeting} join ${course} on ${course.id} = ${section.course_id}
      where own.start_date <= ${ends} and own.end_date >= ${starts}
        and ${section.term_id} = ${term.id} and ${section.id} <> own.section_id
        and ${sectionMeeting.section_id} = ${section.id} and ${sectionMeeting.weekday} = own.weekday
        and ${sectionMeeting.start} < own.ends and ${sectionMeeting.end} > own.starts
        and ${firstDay(sql`max(own.start_date, ${starts})`)} <= min(own.end_date, ${ends})
        and ${dates ? anew(dates) : sql`true`}
    ), found as (${instructors ? ofNew(instructors) : ofAll})`
}

/**
 * What was not so before. Of two sections of the term one is enough, and only a term that has had less than a week has weekdays that it has
 * not had.
 */
const anew = ({ term_id, old_start, old_end }: TermDates) => {
  const starts = sql`iif(${term.id} = ${term_id}, ${old_start}, ${term.start_date})`
  const ends = sql`iif(${term.id} = ${term_id}, ${old_end}, ${term.end_date})`
  return sql`(${term.id} <> ${term_id} or julianday(${old_end}) - julianday(${old_start}) < 6)
    and (${term.id} <> ${term_id} or own.section_id < ${section.id})
    and ${firstDay(sql`max(${old_start}, ${starts})`)} > min(${old_end}, ${ends})`
}

/** Students are looked up by themselves: each has few seats, while a section has many at the time of another. */
const ofAll = sql`
  select 'student' as kind, pair_id, mine.student_id as who from (select distinct of_section_id as id from pair where moved) changed
    cross join ${enrollment} mine on mine.section_id = changed.id and ${isSeat(sql`mine.status`)}
    cross join ${enrollment} theirs on theirs.student_id = mine.student_id and ${isSeat(sql`theirs.status`)}
    cross join pair on pair.of_section_id = changed.id and pair.section_id = theirs.section_id and pair.moved
  union all select 'instructor', pair_id, mine.user_id from pair
    join ${sectionInstructor} mine on mine.section_id = pair.of_section_id
    join ${sectionInstructor} theirs on theirs.section_id = pair.section_id and theirs.user_id = mine.user_id
    join ${user} on ${user.id} = mine.user_id
    where pair.moved
  union all select 'room', pair_id, null from pair where pair.room is not null`

const ofNew = (instructors: SQL) => sql`
  select 'instructor' as kind, pair_id, theirs.user_id as who from pair
    join ${sectionInstructor} theirs on theirs.section_id = pair.section_id
    where theirs.user_id in (select value from json_each(${instructors}))`

/** All clashes, the first ones listed: one query. */
export const clashesQuery = (db: Database, sought: Sought) =>
  db
    .select({
      kind: sql<(typeof clashKinds)[number]>`kind`,
      of_section_id: sql<number>`of_section_id`,
      of_section_number: sql<string>`of_section_number`,
      of_course_code: sql<string>`of_course_code`,
      section_id: sql<number>`section_id`,
      section_number: sql<string>`section_number`,
      course_code: sql<string>`course_code`,
      date: sql<string>`day`,
      from: sql<string>`from_time`,
      to: sql<string>`to_time`,
      room: sql<string | null>`room`,
      count: sql<number>`count`,
      ids: sql<number[]>`ids`.mapWith(JSON.parse),
      total: sql<number>`total`,
    })
    .from(
      sql`(with ${clashing(sought)}, placed as (
          select kind, pair_id, who, row_number() over (partition by kind, pair_id order by who) as place from found
        )
        select kind, of_section_id, section_id, course_code,
          (select ${sectionTable.number} from ${sectionTable} where ${sectionTable.id} = of_section_id) as of_section_number,
          (select ${courseTable.code} from ${sectionTable} join ${courseTable} on ${courseTable.id} = ${sectionTable.course_id}
            where ${sectionTable.id} = of_section_id) as of_course_code,
          (select ${section.number} from ${section} where ${section.id} = pair.section_id) as section_number, day, from_time, to_time, iif(kind = 'room', room, null) as room,
          count(*) as count, json_group_array(who order by who) filter (where who is not null and place <= ${mostNamed}) as ids,
          count(*) over () as total
        from placed join pair using (pair_id)
        group by kind, pair_id
        order by day, from_time, of_section_id, section_id, kind
        limit ${mostListed})`,
    )

/** That there is none: for the guard of a write. */
export const noClash = (sought: Sought) => sql`not exists (with ${clashing(sought)} select 1 from found)`

/** How many there are. */
export const clashCount = (sought: Sought) =>
  sql`(with ${clashing(sought)} select count(*) from (select 1 from found group by kind, pair_id))`
