import { integer, text } from 'drizzle-orm/sqlite-core'
import { hundredths, lifecycle, softDeletable, tenths } from '../../database/columns.ts'

export const { rows: courseTable, live: course } = softDeletable('course', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  title: text().notNull(),
  title_el: text(),
  credits: tenths().notNull(),
  program_id: integer(),
  absence_penalty: hundredths().notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
}))
