import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

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

belonging(session, {
  of: 'account',
  by: session.user_id,
  personal: ['ip', 'user_agent'],
  other: [
    'id',
    'user_id',
    'refresh_hash',
    'created_at',
    'last_used_at',
    'expires_at',
    'revoked_at',
    'verified_at',
    'previous_hash',
    'by_code',
  ],
})

belonging(spentRefresh, { of: null, other: ['hash', 'session_id'] })
