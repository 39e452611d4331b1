import { integer, text } from 'drizzle-orm/sqlite-core'
import { hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'

export const { rows: categoryTable, live: category } = softDeletable('assessment_category', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  name: text().notNull(),
  name_el: text(),
  weight: hundredths().notNull(),
  aggregation: text({ enum: ['weighted', 'mean', 'latest'] }).notNull(),
  drop_lowest: integer().notNull(),
  ...lifecycle(),
}))
