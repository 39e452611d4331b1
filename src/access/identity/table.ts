import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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

/** A sign-in. Its refresh token is `<id>.<secret>`; only the hash of the current secret is kept. */
export const session = sqliteTable('session', {
  id: text().primaryKey(),
  user_id: integer().notNull(),
  refresh_hash: text().notNull(),
  created_at: text().notNull(),
  last_used_at: text().notNull(),
  expires_at: text().notNull(),
  revoked_at: text(),
  ip: text(),
  user_agent: text(),
  verified_at: text(),
  previous_hash: text(),
})

/** Hashes of refresh secrets that were used. They go with their session. */
export const spentRefresh = sqliteTable('spent_refresh', {
  hash: text().primaryKey(),
  session_id: text().notNull(),
})

/** Failed sign-ins of an e-mail, known or not. */
export const signInFailure = sqliteTable('sign_in_failure', {
  email_hash: text().primaryKey(),
  failures: integer().notNull(),
  since: text().notNull(),
  locked_until: text(),
})
