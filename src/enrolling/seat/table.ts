import { type SQLWrapper, sql } from 'drizzle-orm'
import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { flag, hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import type { Params } from '#/platform/errors.ts'
import { endReasons, enrollmentStates, restingEnrollmentStates, stayReasons } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

const enrollmentColumns = () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  status: text({ enum: restingEnrollmentStates }).notNull(),
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
  end_reason: text({ enum: endReasons }),
  /** The enrollment that this one was given up for. */
  transferred_to: integer(),
})

export const { rows: enrollmentTable } = softDeletable('enrollment', enrollmentColumns)
export const enrollment = sqliteView('live_enrollment', {
  ...enrollmentColumns(),
  /** The state as it is called: `transferred` is one of them. */
  standing: text({ enum: enrollmentStates.words }).notNull(),
}).existing()

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
/** Scores beside the other sections of their course and term, and why they would stay behind in a transfer to one of them. */
export const transferableScore = sqliteView('transferable_score', {
  id: integer().notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
  assessment_id: integer().notNull(),
  title: text().notNull(),
  released: flag().notNull(),
  score: hundredths(),
  /** Null: it is carried. */
  reason: text({ enum: stayReasons }),
}).existing()

/** Attendance that a transfer to another section would carry there. */
export const transferableAttendance = sqliteView('transferable_attendance', {
  id: integer().notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
}).existing()

/** Scores and attendance that came to a section with a student, and when. */
export const carriedWork = sqliteView('carried_work', {
  kind: text({ enum: ['score', 'attendance'] }).notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
  updated_at: text().notNull(),
  /** Whether students see it. */
  released: flag().notNull(),
}).existing()

/** Scores that a transfer to a section would overwrite there. */
export const replacedScore = sqliteView('replaced_score', {
  id: integer().notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
}).existing()

/** Scores that came to a section with a student, and those that they were made of. */
export const carriedScore = sqliteView('carried_score', {
  id: integer().notNull(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
  created_at: text().notNull(),
  updated_at: text().notNull(),
}).existing()

/** Enrolled or completed. Written out, so that it can be looked up in an index. */
export const isSeat = (status: SQLWrapper) => sql`${status} in ('enrolled', 'completed')`

merging(enrollmentTable, 'restored')
merging(waitlistTable, 'restored')

belonging(enrollmentTable, {
  of: 'student',
  by: enrollmentTable.student_id,
  personal: ['end_reason'],
  other: [
    'id',
    'section_id',
    'student_id',
    'status',
    'enrolled_at',
    'ended_at',
    'course_id',
    'term_id',
    'legacy',
    'member_from',
    'member_until',
    'transferred_to',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
})

belonging(waitlistTable, {
  of: 'student',
  by: waitlistTable.student_id,
  personal: ['skipped_reason', 'end_reason'],
  other: [
    'id',
    'section_id',
    'student_id',
    'enrollment_id',
    'skipped_at',
    'swap',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
})
