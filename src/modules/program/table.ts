import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable, tenths } from '../../database/columns.ts'

export const { rows: programTable, live: program } = softDeletable('program', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  title: text().notNull(),
  title_el: text(),
  degree: text(),
  credits_required: tenths(),
  grading_scheme: text({ enum: ['letters', 'letters-fine', 'greek-20', 'greek-10'] }).notNull(),
  repeat_policy: text({ enum: ['best', 'last', 'average', 'first'] }).notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
}))
