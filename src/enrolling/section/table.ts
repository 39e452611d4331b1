import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { hundredths, lifecycle, softDeletable, tenths } from '#/platform/database/columns.ts'
import type { AttendanceRule } from '#/catalog/course/index.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'
import { ofDeletedStudent } from '#/people/student/table.ts'

export const { rows: sectionTable, live: section } = softDeletable('section', () => ({
  id: integer().primaryKey(),
  course_id: integer().notNull(),
  term_id: integer().notNull(),
  number: text().notNull(),
  capacity: integer().notNull(),
  waitlist_capacity: integer().notNull(),
  /** Kept by triggers; no statement writes it. */
  seats_taken: integer().notNull().default(0),
  ...lifecycle(),
  /** Code of a grading scheme, where the section has one of its own. */
  grading_scheme: text(),
  /** What it is called and worth: as its course was, from the first seat on. Filled by triggers where it is not said. */
  code: text(),
  title: text(),
  title_el: text(),
  credits: tenths(),
  /** What the capacity was before it became that of the seats which files had completed beyond it. */
  capacity_before: integer(),
  /** Of each absence, in percentage points, from the first official result on; that of the course before. */
  absence_penalty: hundredths(),
  /** How attendance counts, likewise. */
  attendance_rule: text({ mode: 'json' }).$type<AttendanceRule>(),
  /** Made anew by triggers where it is called as its course. */
  search_text: text().notNull().default(''),
  number_key: text(),
}))

/** Of rows of a table that names sections: which are those of deleted ones; and of a table of seats or what is about them. */
export const ofDeletedSection = sql`section_id in (select id from ${sectionTable} where deleted_at is not null)`
export const ofDeletedSeat = sql`${ofDeletedStudent} or ${ofDeletedSection}`

export const sectionInstructor = sqliteTable(
  'section_instructor',
  { section_id: integer().notNull(), user_id: integer().notNull() },
  (table) => [primaryKey({ columns: [table.section_id, table.user_id] })],
)

/** Weekday 1 is Monday; times are local, HH:MM. */
export const sectionMeeting = sqliteTable(
  'section_meeting',
  {
    section_id: integer().notNull(),
    weekday: integer().notNull(),
    start: text('starts').notNull(),
    end: text('ends').notNull(),
    room: text(),
    /** What rooms are compared by. */
    room_key: text(),
  },
  (table) => [primaryKey({ columns: [table.section_id, table.weekday, table.start] })],
)

merging(sectionTable, 'restored')
merging(sectionInstructor, 'restored')
merging(sectionMeeting, 'restored')

belonging(sectionInstructor, { of: 'account', other: ['section_id', 'user_id'] })

belonging(sectionMeeting, { of: null, other: ['section_id', 'weekday', 'start', 'end', 'room', 'room_key'] })

belonging(sectionTable, {
  of: null,
  other: [
    'id',
    'course_id',
    'term_id',
    'number',
    'number_key',
    'capacity',
    'capacity_before',
    'waitlist_capacity',
    'code',
    'title',
    'title_el',
    'credits',
    'grading_scheme',
    'absence_penalty',
    'attendance_rule',
    'search_text',
    'seats_taken',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
})
