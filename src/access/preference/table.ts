import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import { modes, themes } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** One row for each account that ever changed something. */
export const preference = sqliteTable('preference', {
  user_id: integer().primaryKey(),
  mode: text({ enum: modes }).notNull(),
  theme: text({ enum: themes }).notNull(),
  show_tooltips: flag().notNull(),
  completed_guides: text({ mode: 'json' }).$type<string[]>().notNull(),
  version: integer().notNull(),
  updated_at: text().notNull(),
  created_at: text().notNull(),
})

merging(preference, 'restored')

belonging(preference, {
  of: 'account',
  by: preference.user_id,
  other: ['user_id', 'mode', 'theme', 'show_tooltips', 'completed_guides', 'version', 'updated_at', 'created_at'],
})
