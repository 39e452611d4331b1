import { integer, text } from 'drizzle-orm/sqlite-core'
import { flag, hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { assessmentTypes } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: assessmentTable, live: assessment } = softDeletable('assessment', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  type: text({ enum: assessmentTypes }).notNull(),
  title: text().notNull(),
  title_el: text(),
  weight: hundredths().notNull(),
  max_score: hundredths().notNull(),
  due_at: text(),
  released: flag().notNull(),
  ...lifecycle(),
  /** Of the same section; null where the section has no categories. Came later, so it stands behind the lifecycle. */
  category_id: integer(),
  search_text: text().notNull().default(''),
}))

merging(assessmentTable, 'restored')

belonging(assessmentTable, {
  of: null,
  other: [
    'id',
    'section_id',
    'type',
    'title',
    'title_el',
    'weight',
    'max_score',
    'due_at',
    'released',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'category_id',
    'search_text',
  ],
})
