import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { enrollmentStates } from '#/platform/words.ts'

export const { rows: enrollmentTable, live: enrollment } = softDeletable('enrollment', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  status: text({ enum: enrollmentStates.words }).notNull(),
  enrolled_at: text().notNull(),
  ended_at: text(),
  ...lifecycle(),
}))
