import { integer, text } from 'drizzle-orm/sqlite-core'
import { legacy, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: savedFilterTable, live: savedFilter } = softDeletable('saved_filter', () => ({
  id: integer().primaryKey(),
  user_id: integer().notNull(),
  name: text().notNull(),
  entity: text().notNull(),
  query: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  ...lifecycle(),
  search_text: text().notNull().default(''),
  name_key: text(),
  ...legacy(),
}))

merging(savedFilterTable, 'restored')

belonging(savedFilterTable, {
  of: 'account',
  by: savedFilterTable.user_id,
  personal: ['name', 'query', 'search_text', 'name_key'],
  other: ['id', 'user_id', 'entity', 'version', 'created_at', 'updated_at', 'deleted_at', 'legacy'],
})
