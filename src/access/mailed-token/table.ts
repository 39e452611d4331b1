import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accountRoles, languages } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'

/** Somebody asked for a new password for this e-mail; valid until used or expired. */
export const passwordReset = sqliteTable('password_reset', {
  id: text().primaryKey(),
  email: text().notNull(),
  requested_at: text().notNull(),
  expires_at: text().notNull(),
  token_hash: text(),
  used_at: text(),
})

/** An account that waits for its holder to choose a password. */
export const invitation = sqliteTable('invitation', {
  id: integer().primaryKey(),
  email: text().notNull(),
  full_name: text().notNull(),
  role: text({ enum: accountRoles }).notNull(),
  language: text({ enum: languages }).notNull(),
  token_hash: text(),
  expires_at: text().notNull(),
  accepted_at: text(),
  created_at: text().notNull(),
  /** What the message about its mail names it by. */
})

merging(passwordReset, 'emptied')
merging(invitation, 'current')
