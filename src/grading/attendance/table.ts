import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { statuses } from './rules.ts'

export const { rows: attendanceTable, live: attendance } = softDeletable('attendance', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  /** Calendar date where the institution is. */
  date: text().notNull(),
  period: integer().notNull(),
  status: text({ enum: statuses }).notNull(),
  note: text(),
  recorded_by: integer(),
  ...lifecycle(),
}))
