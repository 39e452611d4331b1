import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'

/** One row for each account that ever changed something. */
export const preference = sqliteTable('preference', {
  user_id: integer().primaryKey(),
  mode: text({ enum: ['beginner', 'expert'] }).notNull(),
  theme: text({ enum: ['system', 'light', 'dark'] }).notNull(),
  show_tooltips: flag().notNull(),
  completed_guides: text({ mode: 'json' }).$type<string[]>().notNull(),
  version: integer().notNull(),
  updated_at: text().notNull(),
})
