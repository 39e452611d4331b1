import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Append-only by trigger. */
export const studentNote = sqliteTable('student_note', {
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  text: text().notNull(),
  author_id: integer().notNull(),
  created_at: text().notNull(),
})
