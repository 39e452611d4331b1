import { integer, text } from 'drizzle-orm/sqlite-core'
import { hundredths, legacy, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { aggregations, categoryKinds } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: categoryTable, live: category } = softDeletable('assessment_category', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  name: text().notNull(),
  name_el: text(),
  weight: hundredths().notNull(),
  aggregation: text({ enum: aggregations }).notNull(),
  drop_lowest: integer().notNull(),
  ...lifecycle(),
  search_text: text().notNull().default(''),
  kind: text({ enum: categoryKinds }).notNull().default('assessments'),
  name_key: text(),
  ...legacy(),
}))

merging(categoryTable, 'restored')

belonging(categoryTable, {
  of: null,
  other: [
    'id',
    'section_id',
    'name',
    'name_el',
    'weight',
    'aggregation',
    'drop_lowest',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'search_text',
    'kind',
    'name_key',
    'legacy',
  ],
})
