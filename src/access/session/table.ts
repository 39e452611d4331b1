import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'

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
  by_code: flag().notNull().default(false),
})

/** Hashes of refresh secrets that were used. They go with their session. */
export const spentRefresh = sqliteTable('spent_refresh', {
  hash: text().primaryKey(),
  session_id: text().notNull(),
})

merging(session, 'kept')
merging(spentRefresh, 'kept')
