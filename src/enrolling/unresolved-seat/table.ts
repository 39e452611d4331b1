import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { unresolvedReasons } from '#/platform/words.ts'

/** Seats for which nothing official has come yet, and why: a view over what the areas above know of their work and results. */
export const unresolvedSeat = sqliteView('unresolved_seat', {
  id: integer().notNull(),
  term_id: integer().notNull(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  why: text({ enum: unresolvedReasons }).notNull(),
}).existing()
