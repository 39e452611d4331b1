import { integer, text } from 'drizzle-orm/sqlite-core'
import { hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { aggregations, categoryKinds } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'

export const { rows: categoryTable, live: category } = softDeletable('assessment_category', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  name: text().notNull(),
  name_el: text(),
  weight: hundredths().notNull(),
  aggregation: text({ enum: aggregations }).notNull(),
  drop_lowest: integer().notNull(),
  ...lifecycle(),
  /** Empty in what came with a section, until the job `refresh-search-texts` has come by. */
  search_text: text().notNull().default(''),
  kind: text({ enum: categoryKinds }).notNull().default('assessments'),
}))

merging(categoryTable, 'restored')
