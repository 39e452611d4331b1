import { integer, text } from 'drizzle-orm/sqlite-core'
import { legacy, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { termStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'

export const { rows: termTable, live: term } = softDeletable('term', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  name: text().notNull(),
  name_el: text(),
  start_date: text().notNull(),
  end_date: text().notNull(),
  status: text({ enum: termStates }).notNull(),
  enrollment_opens_at: text(),
  enrollment_closes_at: text(),
  drop_deadline: text(),
  withdraw_deadline: text(),
  ...lifecycle(),
  code_key: text(),
  ...legacy(),
}))

merging(termTable, 'restored')
