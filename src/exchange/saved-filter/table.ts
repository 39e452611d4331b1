import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'

export const { rows: savedFilterTable, live: savedFilter } = softDeletable('saved_filter', () => ({
  id: integer().primaryKey(),
  user_id: integer().notNull(),
  name: text().notNull(),
  entity: text().notNull(),
  query: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  ...lifecycle(),
}))

merging(savedFilterTable, 'restored')
