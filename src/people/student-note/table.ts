import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Append-only by trigger. */
export const studentNote = sqliteTable('student_note', {
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  text: text().notNull(),
  author_id: integer().notNull(),
  created_at: text().notNull(),
})

merging(studentNote, 'restored')

belonging(studentNote, {
  of: 'student',
  by: studentNote.student_id,
  personal: ['text'],
  other: ['id', 'student_id', 'author_id', 'created_at'],
})
