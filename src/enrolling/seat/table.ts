import { type SQLWrapper, sql } from 'drizzle-orm'
import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { flag, hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import type { Params } from '#/platform/errors.ts'
import { enrollmentStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'

export const { rows: enrollmentTable, live: enrollment } = softDeletable('enrollment', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  status: text({ enum: enrollmentStates.words }).notNull(),
  enrolled_at: text().notNull(),
  ended_at: text(),
  ...lifecycle(),
  /** Those of the section, by trigger: one seat for each student, course and term. */
  course_id: integer(),
  term_id: integer(),
  /** A second seat of a course from the time when that could be. */
  legacy: flag().notNull().default(false),
  /** First and last day in the section, local dates; what is not set bounds nothing. */
  member_from: text(),
  member_until: text(),
}))

/** Who waits for a seat; the id is the order. An entry without an enrollment still waits. */
export const { rows: waitlistTable, live: waitlistEntry } = softDeletable('waitlist_entry', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  /** The seat that it led to. */
  enrollment_id: integer(),
  /** When a seat went to somebody behind, and what stood in the way. */
  skipped_at: text(),
  skipped_reason: text({ mode: 'json' }).$type<{ code: string; params: Params }>(),
  ...lifecycle(),
  /** Beside a seat of the same course, which goes when this one comes. */
  swap: flag().notNull().default(false),
  /** Why it was given up, where that was not the student's wish. */
  end_reason: text(),
}))

/** What this area asks of results: the courses that a student has passed, officially, and how well. */
export const passedCourse = sqliteView('passed_course', {
  student_id: integer().notNull(),
  course_id: integer().notNull(),
  percentage: hundredths().notNull(),
}).existing()

/** The sections in which a student has an official result, whatever it is. */
export const gradedSeat = sqliteView('graded_seat', {
  student_id: integer().notNull(),
  section_id: integer().notNull(),
}).existing()

/** Seats in open terms whose results are still to come. */
export const openSeat = sqliteView('open_seat', {
  id: integer().notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
  drop_deadline: text(),
}).existing()

/** What this area asks of attendance: the days on which sections took a roll. */
export const rollCall = sqliteView('roll_call', { section_id: integer().notNull(), date: text().notNull() }).existing()

/** Enrolled or completed. Written out, so that it can be looked up in an index. */
export const isSeat = (status: SQLWrapper) => sql`${status} in ('enrolled', 'completed')`

merging(enrollmentTable, 'restored')
merging(waitlistTable, 'restored')
