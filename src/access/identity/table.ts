import { integer, text } from 'drizzle-orm/sqlite-core'
import { flag, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { accountRoles, languages, tiers } from '#/platform/words.ts'

export const { rows: userTable, live: user } = softDeletable('user', () => ({
  id: integer().primaryKey(),
  email: text().notNull(),
  full_name: text().notNull(),
  role: text({ enum: accountRoles }).notNull(),
  tier: text({ enum: tiers }).notNull().default('free'),
  language: text({ enum: languages }).notNull().default('en'),
  is_active: flag().notNull().default(true),
  student_id: integer(),
  password_hash: text().notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
}))
